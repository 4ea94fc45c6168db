package dev.posthorn.channel;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// How all mailboxes of all tenants do: figures, nobody's rows.
@ApplicationScoped
public class MailboxFigures {
  /// @param byState how many mailboxes are in each state, paused ones aside
  /// @param oldestSuccess when the one that was longest not read was last read; those whose sign-in has ended wait for their owners and do not count
  public record Figures(Map<String, Long> byState, Optional<Instant> oldestSuccess) {}

  private final DataSource dataSource;

  MailboxFigures(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Figures now() {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("select state, mailboxes, oldest_success from mailbox_figures()");
          var rows = call.executeQuery()) {
        var byState = new HashMap<String, Long>();
        Optional<Instant> oldest = Optional.empty();
        while (rows.next()) {
          byState.put(rows.getString(1), rows.getLong(2));
          var success = Optional.ofNullable(rows.getObject(3, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
          oldest = oldest.isEmpty() || success.isPresent() && success.get().isBefore(oldest.get()) ? success : oldest;
        }
        return new Figures(Map.copyOf(byState), oldest);
      }
    });
  }
}
