package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.ScriptedSmtpServer.LOGIN;
import static dev.posthorn.connector.ScriptedSmtpServer.always;
import static dev.posthorn.connector.ScriptedSmtpServer.drop;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.ScriptedSmtpServer.Step;
import dev.posthorn.secret.Secret;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;

/// An account that is not accepted is the operator's trouble: it defers mail, says so loudly, and shows no secret.
class SmtpLoginTest {

  private static final Login LOGIN_OF_OURS = new Login.Password("support", Secret.of("open sesame"));

  private final Watch watch = new Watch();
  private final LogKeeper log = new LogKeeper();
  private ScriptedSmtpServer server;
  private SmtpSender sender;

  @BeforeEach
  void listen() {
    Logger.getLogger(SmtpSender.class.getName()).addHandler(log);
  }

  @AfterEach
  void stop() {
    Logger.getLogger(SmtpSender.class.getName()).removeHandler(log);
    sender.close();
    watch.close();
    server.close();
  }

  @Test
  void wrongPasswordDefersTheMailAndIsSaidLoudlyOnce() {
    play(LOGIN_OF_OURS, Duration.ofMinutes(5), always(say("AUTH", "535 5.7.8 wrong user or password")));

    for (var mail = 0; mail < 3; mail++) {
      assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> {
        assertThat(end.why()).contains("535 5.7.8 wrong user or password");
        assertThat(end.after()).contains(Duration.ofMinutes(5));
      });
    }
    assertThat(log.errors()).hasSize(1).first().asString().contains("127.0.0.1", "535 5.7.8 wrong user or password");
    assertThat(server.connections()).as("an account that keeps failing gets locked").isEqualTo(1);
  }

  @Test
  void afterThePauseTheAccountIsTriedAgain() {
    play(LOGIN_OF_OURS, Duration.ofMillis(50), say("AUTH", "535 5.7.8 wrong user or password"));

    assertThat(outcome()).isInstanceOf(Deferred.class);
    await().untilAsserted(() -> assertThat(outcome()).isInstanceOf(Sent.class));
  }

  @Test
  void loginRefusedForNowDefers() {
    play(LOGIN_OF_OURS, Duration.ZERO, say("AUTH", "454 4.7.0 temporary authentication failure"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("454 4.7.0"));
    assertThat(outcome()).isInstanceOf(Sent.class);
  }

  @Test
  void lineThatDiesInTheLoginDefers() {
    play(LOGIN_OF_OURS, Duration.ZERO, drop("AUTH"));

    assertThat(outcome()).isInstanceOf(Deferred.class);
  }

  @Test
  void serverThatAsksForALoginWeDoNotHaveDefersTheMail() {
    play(new Login.None(), Duration.ZERO, say("MAIL", "530 5.7.0 Authentication required"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("530 5.7.0"));
    assertThat(log.errors()).hasSize(1);
  }

  @Test
  void demandedLoginThatIsNotOfferedDefersTheMail() {
    play(LOGIN_OF_OURS, Duration.ZERO);
    server.offering("8BITMIME");

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("offers no login"));
    assertThat(server.taken()).isEmpty();
  }

  @Test
  void loginThatIsNotDemandedIsLeftOutWhereItIsNotOffered() {
    play(new Login.Password("support", Secret.of("open sesame"), false, List.of()), Duration.ZERO);
    server.offering("8BITMIME");

    assertThat(outcome()).isInstanceOf(Sent.class);
  }

  @Test
  void loginIsWhatTheMechanismAsksFor() {
    play(LOGIN_OF_OURS, Duration.ZERO);
    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(server.commands()).contains("AUTH PLAIN " + base64("support\0support\0open sesame"));
  }

  @Test
  void serverWithLoginAloneIsSpokenToByLogin() {
    play(LOGIN_OF_OURS, Duration.ZERO, say(LOGIN, "334 UGFzc3dvcmQ6"));
    server.offering("AUTH LOGIN");

    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(server.commands()).contains(LOGIN + base64("support"), LOGIN + base64("open sesame"));
  }

  @Test
  void tokenIsSentByXoauth2() {
    play(new Login.Token("support@example.com", Secret.of("token")), Duration.ZERO);
    server.offering("AUTH XOAUTH2 PLAIN");

    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(server.commands()).contains("AUTH XOAUTH2 " + base64("user=support@example.com\u0001auth=Bearer token\u0001\u0001"));
  }

  @Test
  void serverThatRepeatsThePasswordDoesNotMakeUsTellIt() {
    var sent = base64("support\0support\0open sesame");
    play(LOGIN_OF_OURS, Duration.ZERO, say("AUTH", "535 5.7.8 AUTH PLAIN " + sent + " (open sesame) is wrong"));

    var outcome = outcome();

    assertThat(outcome.toString() + log.records + sender + LOGIN_OF_OURS)
        .contains("535 5.7.8").doesNotContain("open sesame").doesNotContain(sent);
  }

  private void play(Login login, Duration pause, Step... script) {
    server = ScriptedSmtpServer.start(script);
    var usual = Accounts.LIMITS;
    var limits = new SmtpLimits(usual.connect(), usual.answer(), usual.write(), usual.verdict(), usual.whole(), usual.lines(),
        usual.mailsPerLine(), usual.keepIdle(), pause, usual.answerOctets());
    sender = new SmtpSender(new SmtpAccount("127.0.0.1", server.port(), Security.NONE, Trust.usual(), login,
        Optional.of("posthorn.test"), limits), watch);
  }

  private SendOutcome outcome() {
    return sender.send(dispatch("agent@example.com", mail("hello", "Hello\r\n"), "a@example.org")).getFirst().outcome();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Keeps what is logged.
  private static final class LogKeeper extends Handler {

    private final List<String> records = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord logged) {
      var text = new SimpleFormatter().format(logged);
      records.add(text);
      if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
        errors.add(text);
      }
    }

    List<String> errors() {
      return errors;
    }

    @Override
    public void flush() {
      // kept as it comes
    }

    @Override
    public void close() {
      // nothing to close
    }
  }
}
