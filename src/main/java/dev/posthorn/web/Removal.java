package dev.posthorn.web;

import jakarta.persistence.PersistenceException;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/// Deletes what others may still need. Whether they do is known to the database's references alone; a look beforehand
/// would be too early.
public final class Removal {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private Removal() {}

  /// @param what the thing in one word or two: `queue`
  /// @param deletion deletes, and flushes
  /// @throws Refusal 409 that says what still needs it
  public static void of(String what, Runnable deletion) {
    try {
      deletion.run();
    } catch (PersistenceException e) {
      throw needed(e).map(by -> Refusal.conflict(by + " still needs the " + what + ".")).orElseThrow(() -> e);
    }
  }

  /// What holds the reference, from the name of its table: tables are named like the things that they hold.
  private static Optional<String> needed(PersistenceException mishap) {
    for (Throwable cause = mishap; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException e && FOREIGN_KEY_VIOLATION.equals(e.getSQLState()) && e.getServerErrorMessage() != null) {
        var thing = String.valueOf(e.getServerErrorMessage().getTable()).replace('_', ' ');
        return Optional.of(("aeiou".indexOf(thing.charAt(0)) < 0 ? "A " : "An ") + thing);
      }
    }
    return Optional.empty();
  }
}
