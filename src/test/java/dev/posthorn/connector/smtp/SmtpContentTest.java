package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.wire.Watch;

/// What arrives at the server: the envelope and the octets.
class SmtpContentTest {

  private static final byte[] HELLO = mail("hello", "Hello\r\n");

  private final Watch watch = new Watch();
  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpSender sender = new SmtpSender(Accounts.plain(server.port()), watch);

  @AfterEach
  void stop() {
    sender.close();
    watch.close();
    server.close();
  }

  @Test
  void automaticMailLeavesWithTheNullSender() {
    sender.send(dispatch("", HELLO, "a@example.org"));

    assertThat(server.taken().getFirst().mailCommand()).startsWith("MAIL FROM:<> ");
  }

  @Test
  void mailWithoutLastLineEndGetsOneAndIsOtherwiseTheSame() {
    send(mail("short", "no end"), "a@example.org");

    assertThat(octets(server.taken().getFirst().content())).isEqualTo(octets(mail("short", "no end\r\n")));
  }

  @Test
  void bareLineEndsCannotSmuggleASecondMail() {
    send(mail("smuggler", "one\n.\nMAIL FROM:<x@example.com>\r.\rtwo\r\n"), "a@example.org");

    assertThat(server.taken()).hasSize(1);
    assertThat(octets(server.taken().getFirst().content())).endsWith("one\r\n.\r\nMAIL FROM:<x@example.com>\r\n.\r\ntwo\r\n");
  }

  /// Half a mail with a final dot would be delivered as a whole one.
  @Test
  void mailWhoseBytesCannotBeReadIsDeferredAndNotSentInPart() throws IOException {
    RawMail gone;
    try (var spool = new Spool(1_000, 10)) {
      spool.write(HELLO);
      gone = spool.toRawMail();
    }
    gone.close();

    var deliveries = sender.send(new Dispatch("agent@example.com", List.of(Address.of("a@example.org")),
        new MessageId("id@example.com"), gone));

    assertThat(deliveries).extracting(Delivery::outcome).allMatch(Deferred.class::isInstance);
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void recipientNamedTwiceIsToldOnceAndAnsweredTwice() {
    assertThat(send(HELLO, "a@example.org", "a@example.org")).hasSize(2).allMatch(Sent.class::isInstance);
    assertThat(server.taken().getFirst().recipients()).containsExactly("a@example.org");
  }

  private List<SendOutcome> send(byte[] mail, String... recipients) {
    return sender.send(dispatch("agent@example.com", mail, recipients)).stream().map(Delivery::outcome).toList();
  }
}
