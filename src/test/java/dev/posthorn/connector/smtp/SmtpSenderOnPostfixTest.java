package dev.posthorn.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSenderContract;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.support.real.Postfix;
import dev.posthorn.wire.Watch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract with a real Postfix, see docs/real-servers.md.
@Tag("real-servers")
class SmtpSenderOnPostfixTest implements MailSenderContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Watch watch = new Watch();
  private final Map<String, Integer> expected = new HashMap<>();
  private Postfix server;
  private SmtpSender sender;

  @BeforeEach
  void start() {
    server = Postfix.start();
    sender = new SmtpSender(Accounts.plain(server.port()), watch);
  }

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

  @Override
  public MailSender sender() {
    return dispatch -> {
      var deliveries = sender.send(dispatch);
      synchronized (expected) {
        deliveries.stream().filter(end -> end.outcome() instanceof Sent).forEach(end -> expected.merge(end.recipient().address(), 1, Integer::sum));
      }
      return deliveries;
    };
  }

  /// Postfix delivers some time after it has taken a mail, and puts lines of its own before it.
  @Override
  public List<String> arrivedFor(String recipient) {
    return await().atMost(LIMIT).until(() -> server.mails(recipient), mails -> mails.size() >= expected.getOrDefault(recipient, 0)).stream()
        .map(mail -> mail.substring(mail.indexOf("From: Support"))).toList();
  }

  @Test
  void whoIsUnknownIsRefusedAndTheOthersGetIt() {
    var deliveries = sender().send(MailSenderContract.dispatch("agent@example.com", MailSenderContract.mail("some", "Hello\r\n"), "nobody@example.org",
        "some@example.org"));

    assertThat(deliveries.getFirst().outcome()).isInstanceOfSatisfying(Refused.class, end -> assertThat(end.statusCode()).isEqualTo("5.1.1"));
    assertThat(deliveries.getLast().outcome()).isInstanceOf(Sent.class);
    assertThat(arrivedFor("some@example.org")).hasSize(1);
  }

  @Test
  void aMailThatIsTooLargeIsRefusedBeforeItLeaves() {
    var outcome = sender().send(MailSenderContract.dispatch("agent@example.com",
        MailSenderContract.mail("large", ("x".repeat(76) + "\r\n").repeat(400_000)), "large@example.org")).getFirst().outcome();

    assertThat(outcome).isInstanceOfSatisfying(Refused.class, end -> assertThat(end.statusCode()).isEqualTo("5.3.4"));
  }
}
