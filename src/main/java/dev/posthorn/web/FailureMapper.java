package dev.posthorn.web;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers everything that is thrown while a REST request is worked on. The types beside `Throwable` are those for which
/// the framework brings an answer of its own, each in its own shape.
class FailureMapper {
  private final Failures failures;
  private final ProblemWriter problems;

  FailureMapper(Failures failures, ProblemWriter problems) {
    this.failures = failures;
    this.problems = problems;
  }

  @ServerExceptionMapper({
    Throwable.class, WebApplicationException.class, NotFoundException.class, MismatchedInputException.class, ValidationException.class,
    UnauthorizedException.class, ForbiddenException.class, AuthenticationFailedException.class,
    AuthenticationCompletionException.class, AuthenticationRedirectException.class
  })
  Response answer(Throwable thrown, RoutingContext request) {
    var answer = failures.answer(thrown, request.request().path());
    var written = problems.write(answer, request.request().path(), request.request().getHeader(HttpHeaders.ACCEPT));
    var response = Response.status(answer.problem().status()).entity(written.body()).header(HttpHeaders.CONTENT_TYPE, written.type());
    written.headers().forEach(response::header);
    if (thrown instanceof NotAllowedException) {
      response.header(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.ofCurrentRequest()));
    }
    return response.build();
  }
}
