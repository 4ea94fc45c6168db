package dev.posthorn.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;

/// Says what an error of the database means to a client, by SQLSTATE (PostgreSQL manual, appendix A).
@ApplicationScoped
class RowFaults {
  private static final Duration CONNECTION_LOST = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Map<String, Supplier<Refusal>> rules = new HashMap<>();

  RowFaults(Instance<RowRules> rooms) {
    rooms.forEach(room -> rules.putAll(room.refusals()));
  }

  /// A [Refusal], a [Trouble], or nothing where it is a bug of ours.
  Optional<RuntimeException> meaning(SQLException mishap) {
    var state = Optional.ofNullable(mishap.getSQLState()).orElse("");
    return switch (state) {
      case "23505", "23503" -> Optional.of(refusal(mishap));
      // Serialization failure, deadlock, lock not available: the other one won, and the same request may win next time.
      case "40001", "40P01", "55P03" -> Optional.of(new Trouble("Somebody else was changing the same.", TRY_AGAIN, mishap));
      // U+0000, which PostgreSQL keeps in no text.
      case "22021", "22P05" -> Optional.of(Refusal.of(ProblemKind.INVALID_REQUEST, "A text holds a character that no text can hold."));
      default -> unreachable(mishap, state)
          ? Optional.of(new Trouble("The database does not answer.", CONNECTION_LOST, mishap))
          : Optional.empty();
    };
  }

  private Refusal refusal(SQLException mishap) {
    return constraint(mishap).map(rules::get).map(Supplier::get)
        .orElseGet(() -> Refusal.conflict("It conflicts with what is there: something of the same kind exists already, or a thing it needs or is needed by."));
  }

  /// Statements sent together fail together: what the server said of the one is behind the failure of all.
  private static Optional<String> constraint(SQLException mishap) {
    for (Throwable said : mishap) {
      if (said instanceof PSQLException e && e.getServerErrorMessage() != null) {
        return Optional.ofNullable(e.getServerErrorMessage().getConstraint());
      }
    }
    return Optional.empty();
  }

  /// Class 08 is a broken connection, 57P0x a server that stops or starts, 53300 too many connections; the pool says
  /// nothing but "timeout" where none is free in time.
  private static boolean unreachable(SQLException mishap, String state) {
    return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300")
        || mishap instanceof SQLTimeoutException
        || state.isEmpty() && String.valueOf(mishap.getMessage()).contains("cquisition timeout");
  }
}
