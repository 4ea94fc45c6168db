package dev.posthorn.connector.graph;

import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.ServerWords;
import dev.posthorn.connector.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Something was in the way of a request.
final class GraphTrouble extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int SERVERS_OWN = 500;

  /// A cursor that Graph knows no more. Compared in small letters: their spelling differs.
  private static final Set<String> DEAD_CURSOR = Set.of("syncstatenotfound", "syncstateinvalid", "resyncrequired", "invalidsyncstatedata");

  private final Kind kind;
  private final int status;
  private final String code;
  private final transient Optional<Duration> after;

  /// Where it came from.
  private enum Kind {
    ANSWER,
    LINE,
    GRANT_DEAD,
    NO_TOKEN
  }

  private GraphTrouble(Kind kind, int status, String code, String words, Optional<Duration> after, Throwable cause) {
    super(ServerWords.line(words), cause);
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.after = after;
  }

  /// The server answered, and not with what was wanted.
  ///
  /// @param code Graph's own, such as `ErrorItemNotFound`; empty where it said none
  static GraphTrouble answered(int status, String code, String words, Optional<Duration> after) {
    return new GraphTrouble(Kind.ANSWER, status, code, status + " " + code + (words.isBlank() ? "" : ": " + words), after, null);
  }

  /// No answer was heard, or not all of it: what was asked for may have been done.
  static GraphTrouble line(IOException cause) {
    return new GraphTrouble(Kind.LINE, 0, "", LineWords.of(cause), Optional.empty(), cause);
  }

  /// Nothing was asked, because the server wants a pause.
  static GraphTrouble pause(Duration left) {
    return new GraphTrouble(Kind.ANSWER, TOO_MANY, "", "Graph asked for a pause", Optional.of(left), null);
  }

  /// The line was let go.
  static GraphTrouble closed() {
    return new GraphTrouble(Kind.LINE, 0, "", "the mailbox is let go", Optional.empty(), null);
  }

  static GraphTrouble grantDead(String words) {
    return new GraphTrouble(Kind.GRANT_DEAD, UNAUTHORIZED, "", words, Optional.empty(), null);
  }

  static GraphTrouble noToken(String why) {
    return new GraphTrouble(Kind.NO_TOKEN, 0, "", why, Optional.empty(), null);
  }

  GraphTrouble after(Duration pause) {
    return new GraphTrouble(kind, status, code, getMessage(), Optional.of(pause), this);
  }

  int status() {
    return status;
  }

  Optional<Duration> after() {
    return after;
  }

  boolean is(String wanted) {
    return code.equalsIgnoreCase(wanted);
  }

  /// Whether Graph's answer was heard.
  boolean wasAnswered() {
    return kind == Kind.ANSWER;
  }

  /// Too much was asked, or the server is too busy: nothing was done.
  boolean isThrottling() {
    return kind == Kind.ANSWER && status == TOO_MANY;
  }

  /// The server has trouble of its own, and may or may not have done what was asked.
  boolean isServersOwn() {
    return kind == Kind.ANSWER && status >= SERVERS_OWN;
  }

  /// The server asked for a pause.
  boolean asksForPause() {
    return isThrottling() || kind == Kind.ANSWER && status == UNAVAILABLE;
  }

  /// Nobody can tell whether it was done.
  boolean leavesDoubt() {
    return kind == Kind.LINE || isServersOwn();
  }

  boolean refusesToken() {
    return kind == Kind.ANSWER && status == UNAUTHORIZED;
  }

  boolean isForbidden() {
    return kind == Kind.ANSWER && status == FORBIDDEN;
  }

  boolean isNotFound() {
    return kind == Kind.ANSWER && status == NOT_FOUND && !isNoMailbox();
  }

  /// There is no such mailbox, or none that Graph serves.
  boolean isNoMailbox() {
    return is("ErrorInvalidUser") || is("MailboxNotEnabledForRESTAPI") || is("ResourceNotFound");
  }

  /// The delta link leads nowhere any more: all is to be listed anew.
  boolean isDeadCursor() {
    return kind == Kind.ANSWER && (status == GONE || status >= 400 && status < SERVERS_OWN && DEAD_CURSOR.contains(code.toLowerCase(Locale.ROOT)));
  }

  /// What it is for a pull that ends with it.
  PullOutcome ended() {
    return switch (kind) {
      case GRANT_DEAD -> new PullOutcome.Revoked(getMessage());
      case NO_TOKEN -> new PullOutcome.Later(Step.TOKEN, getMessage(), after);
      case LINE -> new PullOutcome.Later(Step.CONNECT, getMessage(), after);
      case ANSWER -> refusesToken() ? new PullOutcome.Revoked(getMessage())
          : new PullOutcome.Later(isForbidden() || isNoMailbox() ? Step.FOLDER : Step.MAIL, getMessage(), after);
    };
  }
}
