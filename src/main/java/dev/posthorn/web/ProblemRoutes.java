package dev.posthorn.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Problems for what goes wrong outside of REST: before a resource is found, and where none is asked.
@ApplicationScoped
class ProblemRoutes {
  /// Before the framework's own check of the body's size, which answers without words.
  private static final int BEFORE_UPLOAD_LIMIT = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;

  private final Failures failures;
  private final ProblemWriter problems;
  private final long maxBody;

  ProblemRoutes(Failures failures, ProblemWriter problems, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.failures = failures;
    this.problems = problems;
    this.maxBody = maxBody.asLongValue();
  }

  void install(@Observes Router router) {
    router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::refuseHugeBodies);
    router.route().order(RouteConstants.ROUTE_ORDER_AFTER_DEFAULT).failureHandler(this::answerFailure);
  }

  private void refuseHugeBodies(RoutingContext request) {
    var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBody) {
      answer(request, Refusal.tooLarge(maxBody));
    } else {
      request.next();
    }
  }

  /// A status below 500 was chosen by whoever failed the request; above, what was thrown says more.
  private void answerFailure(RoutingContext request) {
    var thrown = Optional.ofNullable(request.failure()).orElseGet(() -> new IllegalStateException("Status " + request.statusCode()));
    answer(request, Failures.ofStatus(request.statusCode()).map(Throwable.class::cast).orElse(thrown));
  }

  /// Writes the answer, unless one is on its way already.
  void answer(RoutingContext request, Throwable thrown) {
    var response = request.response();
    if (response.ended() || response.headWritten()) {
      response.reset();
      return;
    }
    var answer = failures.answer(thrown, request.request().path());
    var written = problems.write(answer, request.request().path(), request.request().getHeader(HttpHeaders.ACCEPT));
    response.setStatusCode(answer.problem().status()).putHeader(HttpHeaders.CONTENT_TYPE, written.type());
    written.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(written.body()));
  }
}
