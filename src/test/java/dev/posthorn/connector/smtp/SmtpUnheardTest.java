package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.ScriptedSmtpServer.CONTENT;
import static dev.posthorn.connector.ScriptedSmtpServer.END;
import static dev.posthorn.connector.ScriptedSmtpServer.GREETING;
import static dev.posthorn.connector.ScriptedSmtpServer.babble;
import static dev.posthorn.connector.ScriptedSmtpServer.drop;
import static dev.posthorn.connector.ScriptedSmtpServer.dropInside;
import static dev.posthorn.connector.ScriptedSmtpServer.hush;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.ScriptedSmtpServer.Step;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.wire.Watch;

/// Lines that die, fall silent or talk nonsense, and what that makes of a mail.
class SmtpUnheardTest {
  private static final byte[] HELLO = mail("hello", "Hello\r\n");

  private final Watch watch = new Watch();
  private ScriptedSmtpServer server;
  private SmtpSender sender;

  @AfterEach
  void stop() {
    if (sender != null) {
      sender.close();
    }
    watch.close();
    if (server != null) {
      server.close();
    }
  }

  private SendOutcome outcome(byte[] mail) {
    return sender.send(dispatch("agent@example.com", mail, "a@example.org")).getFirst().outcome();
  }

  private List<SendOutcome> outcomes(String... recipients) {
    return sender.send(dispatch("agent@example.com", HELLO, recipients)).stream().map(Delivery::outcome).toList();
  }

  @Test
  void lineThatDiesBeforeTheFinalDotDefers() {
    play(dropInside(1000));

    assertThat(outcome(mail("big", "0123456789abcdef\r\n".repeat(1_000_000)))).isInstanceOf(Deferred.class);
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void lineThatDiesBeforeDataDefers() {
    play(drop("DATA"), drop("RCPT"), drop("MAIL"), drop("EHLO"), drop(GREETING));

    for (var place = 0; place < 5; place++) {
      assertThat(outcome()).isInstanceOf(Deferred.class);
    }
    assertThat(outcome()).isInstanceOf(Sent.class);
  }

  @Test
  void lineThatDiesAfterTheFinalDotIsUnknown() {
    play(drop(END));

    assertThat(outcome()).isInstanceOf(Unknown.class);
    assertThat(server.taken()).hasSize(1);
  }

  @Test
  void silenceAfterTheFinalDotIsUnknown() {
    play(hush(END));
    sender = new SmtpSender(patient(30_000, 300, 60_000), watch);

    assertThat(outcome()).isInstanceOfSatisfying(Unknown.class, end -> assertThat(end.why()).endsWith("no answer in time"));
  }

  @Test
  void nonsenseAfterTheFinalDotIsUnknown() {
    play(say(END, "huh?"), say(END, "354 go on"));

    assertThat(outcome()).isInstanceOf(Unknown.class);
    assertThat(outcome()).isInstanceOf(Unknown.class);
  }

  @Test
  void recipientRefusedBeforeAnUnknownEndStaysRefused() {
    play(say("RCPT TO:<b@", "550 5.1.1 no such user"), drop(END));

    assertThat(outcomes("a@example.org", "b@example.org")).satisfiesExactly(
        a -> assertThat(a).isInstanceOf(Unknown.class), b -> assertThat(b).isInstanceOf(Refused.class));
  }

  @Test
  void silenceAnywhereElseDefers() {
    play(hush(GREETING), hush("EHLO"), hush("MAIL"), hush("RCPT"), hush("DATA"));
    sender = new SmtpSender(patient(300, 30_000, 60_000), watch);

    for (var place = 0; place < 5; place++) {
      assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).endsWith("no answer in time"));
    }
  }

  @Test
  void serverThatTakesNoMoreOfTheMailIsGivenUp() {
    play(hush(CONTENT));
    // It does read, but never ends the conversation; the whole time runs out in the verdict.
    sender = new SmtpSender(patient(30_000, 30_000, 500), watch);

    assertThat(outcome()).isInstanceOfSatisfying(Unknown.class, end -> assertThat(end.why()).contains("took too long"));
  }

  @Test
  void endlessAnswerIsCutOff() {
    play(babble("MAIL"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("talks without end"));
  }

  private void play(Step... script) {
    server = ScriptedSmtpServer.start(script);
    sender = new SmtpSender(Accounts.plain(server.port()), watch);
  }

  private SmtpAccount patient(int answer, int verdict, int whole) {
    return Accounts.plain(server.port()).with(Accounts.patient(answer, verdict, whole));
  }

  private SendOutcome outcome() {
    return outcome(HELLO);
  }
}
