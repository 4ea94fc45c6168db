package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StaleStateException;
import org.jboss.logging.Logger;

/// Sorts whatever was thrown into the three families: a refusal (the caller's doing), trouble (the world's), or a bug
/// (ours, logged with its stack trace under an incident id, of which alone the client hears).
@ApplicationScoped
class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  /// No honest chain of causes is longer, and a dishonest one may be a ring.
  private static final int MAX_CAUSES = 30;

  private static final Duration PROVIDER_PAUSE = Duration.ofSeconds(30);

  private final RowFaults rows;

  Failures(RowFaults rows) {
    this.rows = rows;
  }

  /// What the client is told.
  ///
  /// @param path the path that was asked, without its query
  Answer answer(Throwable thrown, String path) {
    return meaning(thrown).map(meaning -> answer(meaning, thrown, path)).orElseGet(() -> bug(thrown, path));
  }

  private static Answer answer(RuntimeException meaning, Throwable thrown, String path) {
    return switch (meaning) {
      case Refusal refusal -> Answer.of(refusal, path);
      case Trouble trouble -> {
        LOG.warnf(thrown, "503 for %s: %s", path, trouble.getMessage());
        yield Answer.of(trouble, path);
      }
      default -> throw new IllegalStateException("Neither a refusal nor trouble", meaning);
    };
  }

  private static Answer bug(Throwable thrown, String path) {
    var incident = UUID.randomUUID();
    LOG.errorf(thrown, "Incident %s at %s", incident, path);
    return Answer.of(Problem.bug(incident));
  }

  private Optional<RuntimeException> meaning(Throwable thrown) {
    var causes = causes(thrown);
    // What our own code said, however deep a framework wrapped it, goes before what frameworks say.
    for (var cause : causes) {
      if (cause instanceof Refusal || cause instanceof Trouble) {
        return Optional.of((RuntimeException) cause);
      }
    }
    var ofRequest = ofRequest(thrown);
    return ofRequest.isPresent() ? ofRequest : causes.stream().flatMap(cause -> ofRows(cause).stream()).findFirst();
  }

  private static List<Throwable> causes(Throwable thrown) {
    var causes = new ArrayList<Throwable>();
    for (var cause = thrown; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /// Errors of the request itself, as the frameworks throw them. Only the outermost counts: deeper down, the same types
  /// tell of our own mistakes.
  private static Optional<RuntimeException> ofRequest(Throwable thrown) {
    return switch (thrown) {
      case ResteasyReactiveViolationException e when !ViolationFaults.ours(e.getConstraintViolations()) ->
          Optional.of(ViolationFaults.refusal(e.getConstraintViolations()));
      case InvalidDefinitionException e -> Optional.empty();
      case JsonProcessingException e -> Optional.of(JsonFaults.refusal(e));
      case CharConversionException e -> Optional.of(Refusal.of(ProblemKind.MALFORMED_JSON, "The text is not encoded in UTF-8."));
      case WebApplicationException e when e.getCause() instanceof JsonProcessingException json -> ofRequest(json);
      case WebApplicationException e -> ofStatus(e.getResponse().getStatus());
      case AuthenticationException e -> ofStatus(401);
      case UnauthorizedException e -> ofStatus(401);
      case ForbiddenException e -> ofStatus(403);
      case OIDCException e -> Optional.of(new Trouble("The provider at which people sign in does not answer.", PROVIDER_PAUSE, e));
      default -> Optional.empty();
    };
  }

  /// What a status that a framework chose means; nothing for those that no client can cause.
  static Optional<RuntimeException> ofStatus(int status) {
    var kind = switch (status) {
      case 400 -> ProblemKind.INVALID_REQUEST;
      case 401 -> ProblemKind.UNAUTHORIZED;
      case 403 -> ProblemKind.FORBIDDEN;
      case 404 -> ProblemKind.NOT_FOUND;
      case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
      case 406 -> ProblemKind.NOT_ACCEPTABLE;
      case 412 -> ProblemKind.PRECONDITION_FAILED;
      case 413 -> ProblemKind.TOO_LARGE;
      case 415 -> ProblemKind.UNSUPPORTED_MEDIA_TYPE;
      default -> null;
    };
    return Optional.ofNullable(kind).map(known -> Refusal.of(known, null));
  }

  private Optional<RuntimeException> ofRows(Throwable cause) {
    return switch (cause) {
      case OptimisticLockException e -> Optional.of(Refusal.preconditionFailed());
      case StaleStateException e -> Optional.of(Refusal.preconditionFailed());
      case SQLException e -> rows.meaning(e);
      default -> Optional.empty();
    };
  }
}
