package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.ScriptedSmtpServer.GREETING;
import static dev.posthorn.connector.ScriptedSmtpServer.always;
import static dev.posthorn.connector.ScriptedSmtpServer.hush;
import static dev.posthorn.connector.ScriptedSmtpServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.Step;
import dev.posthorn.secret.Secret;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpCheckupTest {
  private final Watch watch = new Watch();

  @AfterEach
  void stop() {
    watch.close();
  }

  private List<Finding> check(int port, Encryption encryption, SmtpLimits limits) {
    var server = new ServerAccount("127.0.0.1", port, encryption, "support", new Credential.Password(Secret.of("open sesame")));
    return new SmtpCheckup(SmtpAccount.of(server, Trust.usual(), Reach.everywhere(), limits), watch).run("support@acme.example");
  }

  private Finding last(ScriptedSmtpServer server, Encryption encryption) {
    try (server) {
      return check(server.port(), encryption, Accounts.patient(300, 300, 2000)).getLast();
    }
  }

  @Test
  void everyStepIsGoneAndNothingIsSent() {
    try (var server = ScriptedSmtpServer.start()) {
      var findings = check(server.port(), Encryption.NONE, Accounts.LIMITS);

      assertThat(findings).extracting(Finding::step).containsExactly(Step.CONNECT, Step.GREETING, Step.TLS, Step.LOGIN, Step.MAIL);
      assertThat(findings).allMatch(Finding::ok);
      assertThat(server.taken()).isEmpty();
    }
  }

  @Test
  void aSenderThatIsNotTheAccountsIsFoundOutBeforeTheFirstMail() { // P-52
    var end = last(ScriptedSmtpServer.start(say("MAIL", "553 5.7.1 not your address")), Encryption.NONE);

    assertThat(end).isEqualTo(new Finding(Step.MAIL, false, "553 5.7.1 not your address"));
  }

  @Test
  void aRefusedLoginIsTheLogin() {
    assertThat(last(ScriptedSmtpServer.start(always(say("AUTH", "535 5.7.8 no"))), Encryption.NONE))
        .isEqualTo(new Finding(Step.LOGIN, false, "535 5.7.8 no"));
  }

  @Test
  void aServerThatSaysNothingIsTheGreeting() {
    assertThat(last(ScriptedSmtpServer.start(always(hush(GREETING))), Encryption.NONE)).matches(end -> end.step() == Step.GREETING && !end.ok());
  }

  @Test
  void aPlainPortThatIsTakenForAnEncryptedOneIsTls() {
    assertThat(last(ScriptedSmtpServer.start(), Encryption.TLS)).matches(end -> end.step() == Step.TLS && !end.ok());
  }

  @Test
  void aClosedPortIsTheConnection() {
    assertThat(check(1, Encryption.NONE, Accounts.LIMITS)).containsExactly(new Finding(Step.CONNECT, false, "the host does not answer on this port"));
  }
}
