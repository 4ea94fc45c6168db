package dev.posthorn.connector.graph;

import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSenderContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class GraphSenderOnSimulatorTest implements MailSenderContract {
  private final GraphHouse house = new GraphHouse("support@example.com");
  private final GraphSender sender = house.sender();

  @AfterEach
  void stop() {
    house.close();
  }

  @Override
  public MailSender sender() {
    return sender;
  }

  @Override
  public List<String> arrivedFor(String recipient) {
    return house.mailbox.left().stream().filter(mail -> mail.recipients().contains(recipient))
        .map(mail -> MailSenderContract.octets(mail.mime())).toList();
  }
}
