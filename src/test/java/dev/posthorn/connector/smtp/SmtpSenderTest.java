package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.ScriptedSmtpServer.END;
import static dev.posthorn.connector.ScriptedSmtpServer.GREETING;
import static dev.posthorn.connector.ScriptedSmtpServer.always;
import static dev.posthorn.connector.ScriptedSmtpServer.drop;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.ScriptedSmtpServer.Step;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.wire.Watch;

/// What each end of an SMTP conversation means for us.
class SmtpSenderTest {
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

  @Test
  void acceptedMailIsSentInTheServersWords() {
    play();

    assertThat(outcome()).isEqualTo(new Sent("250 2.0.0 Ok: queued as 4711"));
  }

  @Test
  void oneRefusedRecipientDoesNotStopTheOther() {
    play(say("RCPT TO:<b@", "550 5.1.1 <b@example.org>: no such user"));

    assertThat(outcomes("a@example.org", "b@example.org", "c@example.org")).satisfiesExactly(
        a -> assertThat(a).isInstanceOf(Sent.class),
        b -> assertThat(b).isEqualTo(new Refused("550 5.1.1 <b@example.org>: no such user", "5.1.1")),
        c -> assertThat(c).isInstanceOf(Sent.class));
    assertThat(server.taken().getFirst().recipients()).containsExactly("a@example.org", "c@example.org");
  }

  @Test
  void recipientDeferredAloneWaitsAlone() {
    play(say("RCPT TO:<b@", "452 4.5.3 too many recipients"));

    assertThat(outcomes("a@example.org", "b@example.org")).satisfiesExactly(
        a -> assertThat(a).isInstanceOf(Sent.class), b -> assertThat(b).isInstanceOf(Deferred.class));
  }

  @Test
  void noDataIsSentWhenEveryRecipientIsRefused() {
    play(always(say("RCPT", "550 5.7.1 not from you")));

    assertThat(outcomes("a@example.org", "b@example.org")).allMatch(Refused.class::isInstance);
    assertThat(server.commands()).doesNotContain("DATA");
  }

  @Test
  void hangingUpBetweenRecipientsKeepsTheVerdictsGivenSoFar() {
    play(say("RCPT TO:<a@", "550 5.1.1 no"), say("RCPT TO:<c@", "421 4.3.2 going down"));

    assertThat(outcomes("a@example.org", "b@example.org", "c@example.org", "d@example.org")).satisfiesExactly(
        a -> assertThat(a).isInstanceOf(Refused.class), b -> assertThat(b).isInstanceOf(Deferred.class),
        c -> assertThat(c).isInstanceOf(Deferred.class), d -> assertThat(d).isInstanceOf(Deferred.class));
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void temporaryRefusalAtMailDefers() {
    play(say("MAIL", "451 4.7.1 greylisted"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> {
      assertThat(end.why()).isEqualTo("451 4.7.1 greylisted");
      assertThat(end.after()).isEmpty();
    });
  }

  @Test
  void finalRefusalAtMailRefuses() {
    play(say("MAIL", "553 5.7.1 you may not send as that"));

    assertThat(outcome()).isEqualTo(new Refused("553 5.7.1 you may not send as that", "5.7.1"));
  }

  @Test
  void greetingThatSaysNoDefersEvenForGood() {
    play(say(GREETING, "421 4.3.2 too many connections"), say(GREETING, "554 5.3.2 no mail here"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("421 4.3.2 too many"));
    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("554 5.3.2 no mail"));
  }

  /// P-32: the server's words, at once, and no further try.
  @Test
  void finalRefusalOfTheContentRefuses() {
    play(say(END, "552 5.3.4 message too big"));

    assertThat(outcome()).isEqualTo(new Refused("552 5.3.4 message too big", "5.3.4"));
  }

  @Test
  void temporaryRefusalOfTheContentDefers() {
    play(say(END, "451 4.3.0 disk full"));

    assertThat(outcome()).isEqualTo(new Deferred("451 4.3.0 disk full", Optional.empty()));
  }

  @Test
  void refusalStandsEvenIfTheServerHangsUpAfterIt() {
    play(say(END, "554 5.7.1 spam"), drop("RSET"));

    assertThat(outcome()).isEqualTo(new Refused("554 5.7.1 spam", "5.7.1"));
    assertThat(outcome()).isInstanceOf(Sent.class);
  }

  @Test
  void refusalOfDataStandsEvenIfTheServerHangsUpAfterIt() {
    play(say("DATA", "554 5.7.1 no"), drop("RSET"));

    assertThat(outcome()).isEqualTo(new Refused("554 5.7.1 no", "5.7.1"));
  }

  @Test
  void refusalWithoutEnhancedCodeGetsTheGeneralOne() {
    play(say("MAIL", "550 no"));

    assertThat(outcome()).isEqualTo(new Refused("550 no", "5.0.0"));
  }

  @Test
  void answerOfSeveralLinesBecomesOne() {
    play(say("MAIL", "550-5.7.26 This mail is not\n550-5.7.26 authenticated. \n550 5.7.26 See our page"));

    assertThat(outcome()).isEqualTo(new Refused("550 5.7.26 This mail is not authenticated. See our page", "5.7.26"));
  }

  @Test
  void refusalOfDataRefuses() {
    play(say("DATA", "554 5.5.1 no valid recipients"));

    assertThat(outcome()).isEqualTo(new Refused("554 5.5.1 no valid recipients", "5.5.1"));
  }

  @Test
  void yesToDataIsNotTakenForYesToTheMail() {
    play(say("DATA", "250 2.0.0 Ok"));

    assertThat(outcome()).isInstanceOf(Deferred.class);
  }

  @Test
  void nobodyListeningDefers() {
    play();
    server.close();

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("refused"));
  }

  @Test
  void unknownHostDefers() {
    var account = Accounts.plain(25);
    sender = new SmtpSender(new SmtpAccount("nowhere.invalid", 25, account.security(), account.trust(), account.login(),
        account.localName(), account.limits()), watch);

    assertThat(outcome()).isEqualTo(new Deferred("nowhere.invalid:25: no such host", Optional.empty()));
  }

  @Test
  void longWordsAreBoundedAndOnOneLine() {
    play(say("MAIL", "550 5.0.0 \u0007" + "word \u202e".repeat(200)));

    assertThat(outcome()).isInstanceOfSatisfying(Refused.class, end -> assertThat(end.why())
        .hasSizeLessThanOrEqualTo(500).startsWith("550 5.0.0 word word").endsWith("…").doesNotContain("\u0007", "\u202e"));
  }

  @Test
  void wordsInUtf8AreReadAsSuch() {
    play(say("MAIL", "550 5.1.1 unbekannter Empfänger"));

    assertThat(outcome()).isEqualTo(new Refused("550 5.1.1 unbekannter Empfänger", "5.1.1"));
  }

  private void play(Step... script) {
    server = ScriptedSmtpServer.start(script);
    sender = new SmtpSender(Accounts.plain(server.port()), watch);
  }

  private SendOutcome outcome() {
    return outcome(HELLO);
  }

  private SendOutcome outcome(byte[] mail) {
    return sender.send(dispatch("agent@example.com", mail, "a@example.org")).getFirst().outcome();
  }

  private List<SendOutcome> outcomes(String... recipients) {
    return sender.send(dispatch("agent@example.com", HELLO, recipients)).stream().map(Delivery::outcome).toList();
  }
}
