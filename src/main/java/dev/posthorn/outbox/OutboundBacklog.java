package dev.posthorn.outbox;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// How much mail waits to leave and for how long the oldest has: `posthorn.mail.outbound.waiting` (mails) and
/// `posthorn.mail.outbound.oldest.seconds`, read every so often so that a scrape costs the database nothing.
@ApplicationScoped
class OutboundBacklog implements Worker {
  private final DataSource dataSource;
  private final OutboxConfig config;
  private final Clock clock;
  private volatile Backlog last = new Backlog(0, Optional.empty());

  /// @param waiting mails not yet settled
  /// @param oldest when the oldest of them was enqueued
  private record Backlog(long waiting, Optional<Instant> oldest) {}

  OutboundBacklog(DataSource dataSource, OutboxConfig config, Clock clock, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
    meters.gauge("posthorn.mail.outbound.waiting", this, gauge -> gauge.last.waiting());
    meters.gauge("posthorn.mail.outbound.oldest.seconds", this, OutboundBacklog::age);
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
          var call = connection.prepareStatement("select waiting, oldest from outbound_mail_backlog()");
          var row = call.executeQuery()) {
        row.next();
        return new Backlog(row.getLong(1), Optional.ofNullable(row.getObject(2, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
      }
    });
  }

  private double age() {
    return last.oldest().map(oldest -> Duration.between(oldest, clock.instant()).toSeconds()).orElse(0L);
  }
}
