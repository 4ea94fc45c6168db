package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.ScriptedImapServer;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A node that reads mailboxes dies as by a power cut; the other one, with the times that the service comes with, goes on.
@Tag("packaged")
class TakeoverJourneyTest {
  private static final int MAILBOXES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /// What is promised of a mailbox whose process was killed.
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

  private static Node node(String name) {
    return Node.plan("takeover", 1).set("posthorn.wire.allowed-networks", "127.0.0.0/8").set("posthorn.mailbox.allow-unencrypted", "true").launch(name);
  }

  @Test
  void mailboxesOfAKilledNodeAreReadByTheOtherOneWithinAMinute() { // P-38
    var rows = Rows.fresh("takeover");
    try (var imap = ScriptedImapServer.start(); var smtp = ScriptedSmtpServer.start(); var one = node("takeover-1").awaitReady()) {
      var office = Office.found(one, "takeover");
      for (int number = 0; number < MAILBOXES; number++) {
        office.post(one, "/api/v1/mailboxes", Map.of("kind", "imap", "address", "support@m" + number + ".example", "password", "open sesame",
            "keepSent", false, "imap", Map.of("host", "127.0.0.1", "port", imap.port(), "security", "none"),
            "smtp", Map.of("host", "127.0.0.1", "port", smtp.port(), "security", "none")));
      }
      await().atMost(LIMIT).until(() -> imap.idling() == MAILBOXES);
      try (var two = node("takeover-2").awaitReady()) {
        assertThat(rows.words("select distinct leased_by from mailbox_pull")).as("one node reads them all").hasSize(1);

        one.kill();
        imap.holding(SampleMail.from("anna@customer.example").to("support@m0.example").subject("After the cut").bytes());

        await().atMost(TAKEN_OVER).until(() -> rows.number("select count(*) from ticket") == MAILBOXES);
        assertThat(two.isAlive()).isTrue();
      }
    }
  }
}
