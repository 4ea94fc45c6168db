package dev.posthorn.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Steps of a walk, as spans.
@ApplicationScoped
public class Walks {
  /// W3C Trace Context, section 3.2: version, trace, span and flags.
  private static final Pattern PLACE = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private final Tracer tracer;

  Walks(Tracer tracer) {
    this.tracer = tracer;
  }

  /// The work of one step, which may say something about itself.
  public interface Work<T, E extends Exception> {
    T walk(Step step) throws E;
  }

  /// The step that is being walked.
  public static final class Step {
    private final Span span;

    private Step(Span span) {
      this.span = span;
    }

    /// Something that is no content: an id, an outcome.
    public Step says(String key, Object value) {
      if (value != null) {
        span.setAttribute("posthorn." + key, value.toString());
      }
      return this;
    }

    /// A number of something.
    public Step counts(String key, long value) {
      span.setAttribute("posthorn." + key, value);
      return this;
    }
  }

  /// Walks one step; what it does within belongs to it.
  ///
  /// @param name what is done, the same for every mail
  /// @param kind how it stands to what was before
  /// @param halts where walks halted that go on here, as [#here] gave them; null ones are passed over
  public <T, E extends Exception> T step(String name, SpanKind kind, Collection<String> halts, Work<T, E> work) throws E {
    var builder = tracer.spanBuilder(name).setSpanKind(kind);
    halts.stream().filter(Objects::nonNull).distinct().map(Walks::place).flatMap(Optional::stream).forEach(builder::addLink);
    var span = builder.startSpan();
    try (var _ = span.makeCurrent()) {
      return work.walk(new Step(span));
    } catch (Exception | Error e) {
      // The type alone: texts of exceptions may hold what a mail says.
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  /// Where this walk is, to be kept in a row where it halts; null while nobody looks on.
  public String here() {
    var place = Span.current().getSpanContext();
    return place.isValid() && place.isSampled() ? "00-" + place.getTraceId() + "-" + place.getSpanId() + "-" + place.getTraceFlags().asHex() : null;
  }

  private static Optional<SpanContext> place(String halt) {
    var parts = PLACE.matcher(halt);
    return parts.matches()
        ? Optional.of(SpanContext.createFromRemoteParent(parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault()))
        : Optional.empty();
  }
}
