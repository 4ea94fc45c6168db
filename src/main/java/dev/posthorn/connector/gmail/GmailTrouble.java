package dev.posthorn.connector.gmail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.api.client.http.HttpResponseException;
import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.ServerWords;
import dev.posthorn.connector.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Something was in the way of a request.
final class GmailTrouble extends Exception {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SERVERS_OWN = 500;

  /// Reasons by which Google says "too much", with 403 as well as with 429.
  private static final Set<String> TOO_MUCH = Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded");

  private final Kind kind;
  private final int status;
  private final String reason;
  private final transient Optional<Duration> after;

  /// Where it came from.
  private enum Kind {
    ANSWER,
    LINE,
    GRANT_DEAD,
    NO_TOKEN
  }

  private GmailTrouble(Kind kind, int status, String reason, String words, Optional<Duration> after, Throwable cause) {
    super(ServerWords.line(words), cause);
    this.kind = kind;
    this.status = status;
    this.reason = reason;
    this.after = after;
  }

  static GmailTrouble of(IOException trouble) {
    if (!(trouble instanceof HttpResponseException answer)) {
      return new GmailTrouble(Kind.LINE, 0, "", LineWords.of(trouble), Optional.empty(), trouble);
    }
    var error = error(answer.getContent());
    var reason = error.path("errors").path(0).path("reason").asText(error.path("status").asText(""));
    return new GmailTrouble(Kind.ANSWER, answer.getStatusCode(), reason, answer.getStatusCode() + " " + reason + ": " + error.path("message").asText(""),
        after(answer.getHeaders().getRetryAfter()), null);
  }

  static GmailTrouble answered(int status, String words) {
    return new GmailTrouble(Kind.ANSWER, status, "", status + " " + words, Optional.empty(), null);
  }

  static GmailTrouble pause(Duration left) {
    return new GmailTrouble(Kind.ANSWER, 429, "", "the quota is spent for now", Optional.of(left), null);
  }

  static GmailTrouble closed() {
    return new GmailTrouble(Kind.LINE, 0, "", "the mailbox is let go", Optional.empty(), null);
  }

  static GmailTrouble grantDead(String words) {
    return new GmailTrouble(Kind.GRANT_DEAD, 401, "", words, Optional.empty(), null);
  }

  static GmailTrouble noToken(String why) {
    return new GmailTrouble(Kind.NO_TOKEN, 0, "", why, Optional.empty(), null);
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

  GmailTrouble after(Duration pause) {
    return new GmailTrouble(kind, status, reason, getMessage(), Optional.of(pause), this);
  }

  int status() {
    return status;
  }

  Optional<Duration> after() {
    return after;
  }

  boolean wasAnswered() {
    return kind == Kind.ANSWER;
  }

  /// Too much was asked: nothing was done.
  boolean isThrottling() {
    return kind == Kind.ANSWER && (status == 429 || status == 403 && TOO_MUCH.contains(reason));
  }

  boolean asksForPause() {
    return isThrottling() || kind == Kind.ANSWER && status == 503;
  }

  /// Nobody can tell whether it was done.
  boolean leavesDoubt() {
    return kind == Kind.LINE || kind == Kind.ANSWER && status >= SERVERS_OWN;
  }

  boolean refusesToken() {
    return kind == Kind.ANSWER && status == 401;
  }

  boolean isForbidden() {
    return kind == Kind.ANSWER && status == 403 && !isThrottling();
  }

  boolean isNotFound() {
    return kind == Kind.ANSWER && status == 404;
  }

  /// What it is for a pull that ends with it.
  PullOutcome ended() {
    return switch (kind) {
      case GRANT_DEAD -> new PullOutcome.Revoked(getMessage());
      case NO_TOKEN -> new PullOutcome.Later(Step.TOKEN, getMessage(), after);
      case LINE -> new PullOutcome.Later(Step.CONNECT, getMessage(), after);
      case ANSWER -> refusesToken() ? new PullOutcome.Revoked(getMessage())
          : new PullOutcome.Later(isForbidden() ? Step.FOLDER : Step.MAIL, getMessage(), after);
    };
  }
}
