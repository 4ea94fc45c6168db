package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.ScriptedSmtpServer.END;
import static dev.posthorn.connector.ScriptedSmtpServer.always;
import static dev.posthorn.connector.ScriptedSmtpServer.drop;
import static dev.posthorn.connector.ScriptedSmtpServer.hush;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.ScriptedSmtpServer.Step;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.wire.Watch;

/// Lines are used again as long as they are good, and there are never too many.
class SmtpLinesTest {

  private final Watch watch = new Watch();
  private ScriptedSmtpServer server;
  private SmtpSender sender;

  @AfterEach
  void stop() {
    sender.close();
    watch.close();
    server.close();
  }

  @Test
  void mailsInARowShareOneConnection() {
    play(4, 100, Accounts.LONG);

    for (var mail = 0; mail < 5; mail++) {
      assertThat(outcome()).isInstanceOf(Sent.class);
    }
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.taken()).hasSize(5);
  }

  @Test
  void connectionEndsAfterItsShareOfMails() {
    play(4, 2, Accounts.LONG);

    for (var mail = 0; mail < 5; mail++) {
      outcome();
    }
    assertThat(server.connections()).isEqualTo(3);
    await().untilAsserted(() -> assertThat(server.commands()).filteredOn("QUIT"::equals).hasSize(2));
  }

  @Test
  void idleConnectionIsClosedAfterAWhile() {
    play(4, 100, Duration.ofMillis(100));

    outcome();

    await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    assertThat(server.commands()).contains("QUIT");
  }

  @Test
  void connectionThatTheServerClosedMeanwhileCostsNoMail() {
    play(4, 100, Accounts.LONG);
    outcome();
    server.dropAll();
    await().until(() -> server.openConnections() == 0);

    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void connectionIsKeptAfterARefusalAndNothingOfTheRefusedMailIsLeft() {
    play(4, 100, Accounts.LONG, say("RCPT", "550 5.1.1 no"), say(END, "552 5.3.4 too big"));

    outcome();
    outcome();
    assertThat(outcome()).isInstanceOf(Sent.class);

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).filteredOn("RSET"::equals).hasSize(2);
  }

  @Test
  void connectionIsNotUsedAgainAfterTheServerSaidGoodbyeOrTheLineDied() {
    play(4, 100, Accounts.LONG, say("MAIL", "421 4.3.2 going down"), drop(END));

    outcome();
    outcome();
    outcome();

    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void thereAreNeverMoreConnectionsThanAllowed() throws Exception {
    play(2, 100, Accounts.LONG);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var mail = 0; mail < 20; mail++) {
        threads.submit(this::outcome);
      }
    }
    assertThat(server.taken()).hasSize(20);
    assertThat(server.connections()).isLessThanOrEqualTo(2);
  }

  @Test
  void mailThatFindsNoFreeConnectionInTimeIsDeferred() throws Exception {
    server = ScriptedSmtpServer.start(always(hush("MAIL")));
    var usual = Accounts.LIMITS;
    sender = new SmtpSender(Accounts.plain(server.port()).with(new SmtpLimits(usual.connect(), Duration.ofMillis(1000),
        usual.write(), usual.verdict(), usual.whole(), 1, 100, usual.keepIdle(), usual.loginPause(), 200_000)), watch);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(this::outcome);
      threads.submit(this::outcome);
      assertThat(outcome()).isInstanceOf(Deferred.class);
    }
    assertThat(server.connections()).isLessThanOrEqualTo(3);
  }

  @Test
  void closedSenderKeepsNoConnection() {
    play(4, 100, Accounts.LONG);
    outcome();

    sender.close();

    await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    outcome();
    await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
  }

  private void play(int lines, int mailsPerLine, Duration keepIdle, Step... script) {
    server = ScriptedSmtpServer.start(script);
    var usual = Accounts.LIMITS;
    sender = new SmtpSender(Accounts.plain(server.port()).with(new SmtpLimits(usual.connect(), usual.answer(), usual.write(),
        usual.verdict(), usual.whole(), lines, mailsPerLine, keepIdle, usual.loginPause(), usual.answerOctets())), watch);
  }

  private SendOutcome outcome() {
    return sender.send(dispatch("agent@example.com", mail("hello", "Hello\r\n"), "a@example.org")).getFirst().outcome();
  }
}
