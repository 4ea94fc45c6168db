package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.secret.Secret;
import dev.posthorn.connector.SelfSigned;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;

class SmtpTlsTest {

  @TempDir
  static Path directory;

  private static SelfSigned forThisMachine;
  private static SelfSigned forAnother;

  private final Watch watch = new Watch();
  private ScriptedSmtpServer server;

  @BeforeAll
  static void makeKeys() throws Exception {
    forThisMachine = SelfSigned.in(Files.createDirectory(directory.resolve("this")), "ip:127.0.0.1");
    forAnother = SelfSigned.in(Files.createDirectory(directory.resolve("other")), "dns:mail.example");
  }

  @AfterEach
  void stop() {
    watch.close();
    server.close();
  }

  @Test
  void offeredStartTlsIsUsed() {
    server = ScriptedSmtpServer.startWithTls(forThisMachine.server());

    assertThat(outcome(Security.STARTTLS, Trust.only(forThisMachine.certificate()))).isInstanceOf(Sent.class);
    // RFC 3207 section 4.2: after the handshake everything begins anew.
    assertThat(server.commands().subList(0, 3)).containsExactly("EHLO posthorn.test", "STARTTLS", "EHLO posthorn.test");
  }

  @Test
  void mailWithoutLoginLeavesInClearWhereStartTlsIsNotOffered() {
    server = ScriptedSmtpServer.start();

    assertThat(outcome(Security.STARTTLS, Trust.usual())).isInstanceOf(Sent.class);
  }

  @Test
  void demandedStartTlsThatIsNotOfferedDefersTheMail() {
    server = ScriptedSmtpServer.start();

    assertThat(outcome(Security.STARTTLS_REQUIRED, Trust.usual()))
        .isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("STARTTLS"));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void passwordIsNotSentWhereTheOfferOfStartTlsIsMissing() {
    server = ScriptedSmtpServer.start();
    var account = Accounts.with(server.port(), Security.STARTTLS, new Login.Password("support", Secret.of("open sesame")));

    assertThat(outcome(account)).isInstanceOf(Deferred.class);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void certificateOfAStrangerDefersTheMail() {
    server = ScriptedSmtpServer.startWithTls(forThisMachine.server());

    assertThat(outcome(Security.STARTTLS, Trust.usual()))
        .isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("TLS failed"));
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void certificateForAnotherNameDefersTheMail() {
    server = ScriptedSmtpServer.startWithTls(forAnother.server());

    assertThat(outcome(Security.STARTTLS, Trust.only(forAnother.certificate())))
        .isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("TLS failed"));
  }

  @Test
  void anybodyIsTrustedWhereTheOperatorSaysSo() {
    server = ScriptedSmtpServer.startWithTls(forAnother.server());

    assertThat(outcome(Security.STARTTLS_REQUIRED, Trust.anybody())).isInstanceOf(Sent.class);
  }

  @Test
  void refusedStartTlsDefersTheMailAndIsNoReasonToGoOnInClear() {
    server = ScriptedSmtpServer.startWithTls(forThisMachine.server(), say("STARTTLS", "454 4.7.0 TLS not available"));

    assertThat(outcome(Security.STARTTLS, Trust.only(forThisMachine.certificate())))
        .isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("454 4.7.0"));
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void lineMayBeEncryptedFromTheFirstOctet() {
    server = ScriptedSmtpServer.startEncrypted(forThisMachine.server());

    assertThat(outcome(Security.TLS, Trust.only(forThisMachine.certificate()))).isInstanceOf(Sent.class);
    assertThat(server.commands()).doesNotContain("STARTTLS");
  }

  @Test
  void nameInTheCertificateCountsFromTheFirstOctetToo() {
    server = ScriptedSmtpServer.startEncrypted(forAnother.server());

    assertThat(outcome(Security.TLS, Trust.only(forAnother.certificate())))
        .isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("TLS failed"));
  }

  private SendOutcome outcome(Security security, Trust trust) {
    return outcome(Accounts.with(server.port(), security, trust));
  }

  private SendOutcome outcome(SmtpAccount account) {
    try (var sender = new SmtpSender(account, watch)) {
      return sender.send(dispatch("agent@example.com", mail("hello", "Hello\r\n"), "a@example.org")).getFirst().outcome();
    }
  }
}
