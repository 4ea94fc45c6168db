package dev.posthorn.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalksTest {
  private final InMemorySpanExporter told = InMemorySpanExporter.create();
  private final Walks walks = new Walks(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(told)).build().get("test"));

  @Test
  void aStepLinksToWhereTheWalksHalted() {
    var first = walks.step("intake.accept", SpanKind.CONSUMER, List.of(), _ -> walks.here());
    var second = walks.step("intake.accept", SpanKind.CONSUMER, List.of(), _ -> walks.here());

    walks.step("triage.file", SpanKind.CONSUMER, Arrays.asList(first, null, second, first, "no place"), step -> step.counts("mails", 2));

    var filed = told.getFinishedSpanItems().getLast();
    assertThat(filed.getLinks()).extracting(link -> "00-" + link.getSpanContext().getTraceId() + "-" + link.getSpanContext().getSpanId() + "-01")
        .containsExactly(first, second);
    assertThat(filed.getLinks()).extracting(LinkData::getSpanContext).noneMatch(place -> place.getTraceId().equals(filed.getTraceId()));
    assertThat(filed.getAttributes().get(AttributeKey.longKey("posthorn.mails"))).isEqualTo(2);
  }

  @Test
  void whatIsWithinAStepBelongsToIt() {
    walks.step("outer", SpanKind.INTERNAL, List.of(), _ -> walks.step("inner", SpanKind.INTERNAL, List.of(), step -> step.says("mail", "m")));

    var spans = told.getFinishedSpanItems();
    assertThat(spans.getFirst().getParentSpanId()).isEqualTo(spans.getLast().getSpanId());
  }

  @Test
  void ofAFailureOnlyItsKindIsTold() {
    assertThatThrownBy(() -> walks.step("failing", SpanKind.INTERNAL, List.of(), _ -> {
      throw new IllegalStateException("Dear Anna, the code is 4711");
    })).isInstanceOf(IllegalStateException.class);

    assertThat(told.getFinishedSpanItems()).singleElement().satisfies(span -> {
      assertThat(span.getStatus().getDescription()).isEqualTo("IllegalStateException");
      assertThat(span.getEvents()).isEmpty();
      assertThat(span.toString()).doesNotContain("4711");
    });
  }

  @Test
  void nobodyLookingOnNothingIsKept() {
    var unseen = new Walks(OpenTelemetry.noop().getTracer("test"));

    assertThat(unseen.<String, RuntimeException>step("intake.accept", SpanKind.CONSUMER, List.of(), _ -> unseen.here())).isNull();
  }
}
