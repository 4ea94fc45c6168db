package dev.posthorn.connector.gmail;

import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSenderContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class GmailSenderOnSimulatorTest implements MailSenderContract {
  private final GmailHouse house = new GmailHouse("support@example.com");
  private final GmailSender sender = house.sender();

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
