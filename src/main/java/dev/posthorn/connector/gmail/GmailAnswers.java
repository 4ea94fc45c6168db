package dev.posthorn.connector.gmail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.api.client.http.HttpResponseException;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.ApiTrouble.Sense;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What Gmail means by an answer that is not what was wanted.
final class GmailAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int BUSY = 503;
  private static final int SERVERS_OWN = 500;

  /// Reasons by which Google says "too much", with 403 as well as with 429.
  private static final Set<String> TOO_MUCH = Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded");

  private GmailAnswers() {}

  static ApiTrouble trouble(IOException trouble) {
    if (!(trouble instanceof HttpResponseException answer)) {
      return ApiTrouble.line(trouble);
    }
    var error = error(answer.getContent());
    var reason = error.path("errors").path(0).path("reason").asText(error.path("status").asText(""));
    int status = answer.getStatusCode();
    return ApiTrouble.answered(sense(status, reason), status, reason, status + " " + reason + ": " + error.path("message").asText(""),
        after(answer.getHeaders().getRetryAfter()));
  }

  static ApiTrouble trouble(int status, String words) {
    return ApiTrouble.answered(sense(status, ""), status, "", status + " " + words, Optional.empty());
  }

  private static Sense sense(int status, String reason) {
    return switch (status) {
      case TOO_MANY -> Sense.THROTTLED;
      case FORBIDDEN -> TOO_MUCH.contains(reason) ? Sense.THROTTLED : Sense.FORBIDDEN;
      case BUSY -> Sense.BUSY;
      case UNAUTHORIZED -> Sense.TOKEN_REFUSED;
      case NOT_FOUND -> Sense.NOT_FOUND;
      default -> status >= SERVERS_OWN ? Sense.SERVERS_OWN : Sense.OTHER;
    };
  }

  /// The client takes the wrapping off where it knows what is in it.
  private static JsonNode error(String content) {
    try {
      var said = content == null || content.isEmpty() ? MissingNode.getInstance() : JSON.readTree(content);
      return said.has("error") ? said.path("error") : said;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<Duration> after(String seconds) {
    return seconds != null && seconds.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds))) : Optional.empty();
  }
}
