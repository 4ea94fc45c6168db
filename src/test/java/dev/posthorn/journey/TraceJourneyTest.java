package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TraceReceiver;
import dev.posthorn.support.TraceReceiver.Link;
import dev.posthorn.support.TraceReceiver.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Both walks as whoever watches by OpenTelemetry sees them: linked where they halt, and without a word of the mail.
@Tag("packaged")
class TraceJourneyTest {
  private static final GreenMail RELAY = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static TraceReceiver receiver;
  private static Node node;

  @BeforeAll
  static void start() {
    RELAY.start();
    receiver = TraceReceiver.start();
    Rows.fresh("traces");
    node = Node.plan("traces", RELAY.getSmtp().getPort()).set("quarkus.otel.sdk.disabled", "false")
        .set("quarkus.otel.exporter.otlp.endpoint", receiver.url()).set("quarkus.otel.bsp.schedule.delay", "200ms").start("traces");
  }

  @AfterAll
  static void end() {
    node.close();
    receiver.close();
    RELAY.stop();
  }

  private static Span eventually(String name) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> receiver.named(name), spans -> !spans.isEmpty()).getLast();
  }

  private static Link to(Span span) {
    return new Link(span.trace(), span.id());
  }

  @Test
  void aMailAndItsAnswerAreTracesThatAreLinked() {
    var office = Office.found(node, "traced");
    var channel = office.get(node, "/api/v1/inbound-channels").at("/items/0/id").asText();

    assertThat(office.push(node, channel, SampleMail.from("anna@customer.example").to(office.address()).subject("Kettle 4711").bytes()).status()).isEqualTo(202);
    var accepted = eventually("intake.accept");
    var filed = eventually("triage.file");
    assertThat(filed.links()).containsExactly(to(accepted));
    assertThat(receiver.all()).anySatisfy(span -> {
      assertThat(span.name()).startsWith("POST /api/v1/inbound-channels/");
      assertThat(accepted.trace()).isEqualTo(span.trace());
    });

    var ticket = await().atMost(Duration.ofSeconds(30)).until(() -> office.get(node, "/api/v1/tickets").at("/items/0/id").asText(), id -> !id.isEmpty());
    assertThat(office.reply(node, ticket, "Soon warm 4712", "once").status()).isEqualTo(202);
    var sent = eventually("outbox.send");
    assertThat(sent.links()).hasSize(1);
    assertThat(receiver.all()).anySatisfy(span -> {
      assertThat(span.name()).startsWith("POST /api/v1/tickets/");
      assertThat(sent.links().getFirst().trace()).isEqualTo(span.trace());
    });

    assertThat(receiver.all()).extracting(Span::text).noneMatch(text -> List.of("4711", "4712", "customer.example").stream().anyMatch(text::contains));
  }
}
