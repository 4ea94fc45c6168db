package dev.posthorn.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.smtp.SmtpAccount;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.connector.smtp.SmtpLimits;
import dev.posthorn.connector.smtp.SmtpSender;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import io.quarkus.runtime.configuration.ConfigurationException;

/// The development relay, spoken to by the sender that production uses.
class RelaySinkTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final RelaySink sink = new RelaySink(0);
  private final Watch watch = new Watch();
  private SmtpSender sender;

  @BeforeEach
  void start() {
    sink.start();
    sender = new SmtpSender(new SmtpAccount("127.0.0.1", sink.port(), Security.NONE, Trust.usual(), new Login.None(),
        Optional.of("posthorn.test"), new SmtpLimits(LONG, LONG, LONG, LONG, LONG, 2, 100, LONG, LONG, 100_000)), watch);
  }

  @AfterEach
  void stop() {
    sender.close();
    watch.close();
    sink.stop();
  }

  @Test
  void mailIsKeptByteForByteWithItsEnvelope() {
    var mail = mail("Re: Pump", "The pump\r\n.\r\n..is on its way.\r\n");

    send("bounces@example.com", mail, "customer@example.org", "hidden@example.org");

    assertThat(sink.shelf().all()).singleElement().satisfies(kept -> {
      assertThat(kept.raw()).isEqualTo(mail);
      assertThat(kept.envelopeFrom()).isEqualTo("bounces@example.com");
      assertThat(kept.recipients()).containsExactly("customer@example.org", "hidden@example.org");
      assertThat(kept.from()).isEqualTo("Support <support@example.com>");
      assertThat(kept.subject()).isEqualTo("Re: Pump");
      assertThat(kept.messageId()).isEqualTo("answer@example.com");
      assertThat(kept.inReplyTo()).isEqualTo("question@example.org");
      assertThat(kept.text()).contains("is on its way.");
    });
  }

  @Test
  void automaticMailIsKeptWithTheNullSender() {
    send("", mail("Thanks", "We have it.\r\n"), "customer@example.org");

    assertThat(sink.shelf().all()).singleElement().extracting(SunkMail::envelopeFrom).isEqualTo("");
  }

  @Test
  void newestMailComesFirstAndIsFoundByItsNumber() {
    send("a@example.com", mail("First", "1\r\n"), "customer@example.org");
    send("a@example.com", mail("Second", "2\r\n"), "customer@example.org");

    assertThat(sink.shelf().all()).extracting(SunkMail::subject).containsExactly("Second", "First");
    assertThat(sink.shelf().byNumber(1)).hasValueSatisfying(mail -> assertThat(mail.subject()).isEqualTo("First"));
    assertThat(sink.shelf().byNumber(3)).isEmpty();
  }

  @Test
  void takenPortIsSaidInOneLineThatNamesTheProperty() {
    var second = new RelaySink(sink.port());

    assertThatThrownBy(second::start).isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("posthorn.workbench.sink-port").hasMessageNotContaining("\n");
  }

  private void send(String from, byte[] mail, String... recipients) {
    var deliveries = sender.send(new Dispatch(from, Stream.of(recipients).map(Address::of).toList(),
        new MessageId("answer@example.com"), RawMail.of(mail)));
    assertThat(deliveries).allMatch(delivery -> delivery.outcome() instanceof Sent);
  }

  private static byte[] mail(String subject, String body) {
    return String.join("\r\n", List.of("From: Support <support@example.com>", "To: Customer <customer@example.org>",
        "Subject: " + subject, "Message-ID: <answer@example.com>", "In-Reply-To: <question@example.org>",
        "Content-Type: text/plain; charset=utf-8", "", body)).getBytes(StandardCharsets.UTF_8);
  }
}
