package dev.posthorn.connector.graph;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class GraphSourceOnSimulatorTest implements MailSourceContract {
  private final GraphHouse house = new GraphHouse("support@acme.example");

  @AfterEach
  void stop() {
    house.close();
  }

  @Override
  public MailSource source(AfterImport afterImport) {
    return house.source(afterImport);
  }

  @Override
  public void arrives(byte[] mail) {
    house.graph.delivers(house.mailbox, mail);
  }

  @Override
  public List<String> mailbox() {
    return house.mailbox.inbox();
  }
}
