package dev.posthorn.connector.gmail;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class GmailSourceOnSimulatorTest implements MailSourceContract {
  private final GmailHouse house = new GmailHouse("support@acme.example");

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
    house.mailbox.arrives(mail);
  }

  @Override
  public List<String> mailbox() {
    return house.mailbox.inbox();
  }
}
