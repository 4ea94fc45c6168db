package dev.posthorn.connector.graph;

import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.ApiTrouble.Sense;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What Graph means by an answer that is not what was wanted: told by its code before its status.
final class GraphAnswers {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int BUSY = 503;
  private static final int SERVERS_OWN = 500;

  /// A cursor that Graph knows no more. Compared in small letters: their spelling differs.
  private static final Set<String> DEAD_CURSOR = Set.of("syncstatenotfound", "syncstateinvalid", "resyncrequired", "invalidsyncstatedata");
  private static final Set<String> NO_MAILBOX = Set.of("errorinvaliduser", "mailboxnotenabledforrestapi", "resourcenotfound");

  private GraphAnswers() {}

  /// @param code Graph's own, such as `ErrorItemNotFound`; empty where it said none
  static ApiTrouble trouble(int status, String code, String words, Optional<Duration> after) {
    return ApiTrouble.answered(sense(status, code.toLowerCase(Locale.ROOT)), status, code,
        status + " " + code + (words.isBlank() ? "" : ": " + words), after);
  }

  private static Sense sense(int status, String code) {
    return switch (status) {
      case TOO_MANY -> Sense.THROTTLED;
      case BUSY -> Sense.BUSY;
      case UNAUTHORIZED -> Sense.TOKEN_REFUSED;
      case FORBIDDEN -> Sense.FORBIDDEN;
      default -> status >= SERVERS_OWN ? Sense.SERVERS_OWN : NO_MAILBOX.contains(code) ? Sense.NO_MAILBOX
          : status == NOT_FOUND ? Sense.NOT_FOUND : Sense.OTHER;
    };
  }

  /// The delta link leads nowhere any more: all is to be listed anew.
  static boolean isDeadCursor(ApiTrouble trouble) {
    return trouble.wasAnswered() && (trouble.status() == GONE
        || trouble.status() < SERVERS_OWN && DEAD_CURSOR.stream().anyMatch(trouble::is));
  }
}
