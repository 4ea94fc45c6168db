package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.wire.Watch;

/// SIZE, 8BITMIME and SMTPUTF8 are used where a mail needs them and the server has them.
class SmtpExtensionsTest {

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
  void plainMailAsksForNothingButItsSize() {
    var mail = mail("plain", "Hello\r\n");

    send(mail, "a@example.org");

    assertThat(server.taken().getFirst().mailCommand()).isEqualTo("MAIL FROM:<agent@example.com> SIZE=" + mail.length);
  }

  @Test
  void serverWithoutExtensionsIsSpokenToWithoutAny() {
    server.offering();

    send(mail("plain", "Hello\r\n"), "a@example.org");

    assertThat(server.taken().getFirst().mailCommand()).isEqualTo("MAIL FROM:<agent@example.com>");
  }

  @Test
  void eightBitBodyArrivesAsItIs() {
    var mail = mail("eight", "Grüße\r\n");

    send(mail, "a@example.org");

    assertThat(server.taken().getFirst().mailCommand()).endsWith(" BODY=8BITMIME");
    assertThat(octets(server.taken().getFirst().content())).isEqualTo(octets(mail));
  }

  @Test
  void eightBitBodyIsNotSentToAServerThatWouldBreakIt() {
    server.offering("SIZE 1000000");

    assertThat(send(mail("eight", "Grüße\r\n"), "a@example.org"))
        .allSatisfy(end -> assertThat(end).isInstanceOfSatisfying(Refused.class,
            refused -> assertThat(refused.statusCode()).isEqualTo("5.6.3")));
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void addressBeyondAsciiIsSentAsUtf8() {
    send(mail("utf8", "Hello\r\n"), "grün@example.org");

    assertThat(server.taken().getFirst().mailCommand()).endsWith(" SMTPUTF8");
    assertThat(server.taken().getFirst().recipients()).containsExactly("grün@example.org");
  }

  @Test
  void addressBeyondAsciiIsRefusedAloneWhereTheServerCannotTakeIt() {
    server.offering("8BITMIME");

    assertThat(send(mail("utf8", "Hello\r\n"), "grün@example.org", "blau@example.org")).satisfiesExactly(
        green -> assertThat(green).isInstanceOfSatisfying(Refused.class, end -> assertThat(end.statusCode()).isEqualTo("5.6.7")),
        blue -> assertThat(blue).isInstanceOf(Sent.class));
    assertThat(server.taken().getFirst().mailCommand()).doesNotContain("SMTPUTF8");
  }

  @Test
  void domainBeyondAsciiNeedsNoExtension() {
    server.offering("8BITMIME");

    send(mail("idn", "Hello\r\n"), "Info@Bücher.example");

    assertThat(server.taken().getFirst().recipients()).containsExactly("Info@xn--bcher-kva.example");
  }

  @Test
  void headerBeyondAsciiAsksForUtf8() {
    send(mail("Grüße", "Hello\r\n"), "a@example.org");

    assertThat(server.taken().getFirst().mailCommand()).endsWith(" BODY=8BITMIME SMTPUTF8");
  }

  @Test
  void mailThatTheServerSaysIsTooBigIsNotSent() {
    server.offering("SIZE 1000");

    assertThat(send(mail("big", "0123456789\r\n".repeat(100)), "a@example.org")).satisfiesExactly(end -> assertThat(end)
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.statusCode()).isEqualTo("5.3.4")));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void sizeOfZeroMeansNoLimit() {
    server.offering("SIZE 0");

    assertThat(send(mail("small", "Hello\r\n"), "a@example.org")).allMatch(Sent.class::isInstance);
  }

  private List<SendOutcome> send(byte[] mail, String... recipients) {
    return sender.send(dispatch("agent@example.com", mail, recipients)).stream().map(Delivery::outcome).toList();
  }
}
