package dev.posthorn.outbox;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// How much mail is due to leave and for how long the longest due has been: `posthorn.mail.outbound.waiting` (mails) and
/// `posthorn.mail.outbound.oldest.seconds`, read every so often so that a scrape costs the database nothing. What other servers put off waits
/// for them: `posthorn.mail.outbound.deferred` and `posthorn.mail.outbound.deferred.oldest.seconds`, counted from when it was written.
@ApplicationScoped
class OutboundBacklog implements Worker {
  private final DataSource dataSource;
  private final OutboxConfig config;
  private final Clock clock;
  private volatile Backlog last = new Backlog(new Waiting(0, Optional.empty()), new Waiting(0, Optional.empty()));

  private record Backlog(Waiting due, Waiting deferred) {}

  private record Waiting(long mails, Optional<Instant> oldest) {}

  OutboundBacklog(DataSource dataSource, OutboxConfig config, Clock clock, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
    meters.gauge("posthorn.mail.outbound.waiting", this, gauge -> gauge.last.due.mails);
    meters.gauge("posthorn.mail.outbound.oldest.seconds", this, gauge -> gauge.age(gauge.last.due));
    meters.gauge("posthorn.mail.outbound.deferred", this, gauge -> gauge.last.deferred.mails);
    meters.gauge("posthorn.mail.outbound.deferred.oldest.seconds", this, gauge -> gauge.age(gauge.last.deferred));
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-outbound-backlog", config.backlogInterval(), this::look));
  }

  private boolean look() {
    last = read();
    return false;
  }

  private Backlog read() {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("""
              select due.waiting, due.oldest, deferred.waiting, deferred.oldest from outbound_mail_backlog() due, deferred_outbound_mail() deferred""");
          var row = call.executeQuery()) {
        row.next();
        return new Backlog(waiting(row, 1), waiting(row, 3));
      }
    });
  }

  private static Waiting waiting(ResultSet row, int first) throws SQLException {
    return new Waiting(row.getLong(first), Optional.ofNullable(row.getObject(first + 1, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
  }

  private double age(Waiting waiting) {
    return waiting.oldest.map(oldest -> Duration.between(oldest, clock.instant()).toSeconds()).orElse(0L);
  }
}
