package dev.posthorn.figures;

import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Tells the mailboxes that were longest not read, the channels whose mail waits longest, and the queues in which most tickets wait:
///
/// | meter | tags |
/// |---|---|
/// | `posthorn.mailbox.success.age.seconds` | `tenant`, `mailbox` |
/// | `posthorn.channel.waiting`, `posthorn.channel.oldest.seconds` | `tenant`, `channel` |
/// | `posthorn.queue.waiting`, `posthorn.queue.oldest.seconds` | `tenant`, `queue` |
@ApplicationScoped
class Laggards implements Worker {
  /// @param since when it was last read, or since when the oldest waits; empty for a mailbox that was never read
  record Laggard(String what, UUID tenant, UUID id, long waiting, Optional<Instant> since) {}

  private record Told(String what, MultiGauge gauge, ToDoubleFunction<Laggard> figure) {}

  private final DataSource dataSource;
  private final FiguresConfig config;
  private final Clock clock;
  private final List<Told> told;

  Laggards(DataSource dataSource, FiguresConfig config, Clock clock, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
    this.told = List.of(
        new Told("mailbox", MultiGauge.builder("posthorn.mailbox.success.age.seconds").register(meters), this::age),
        new Told("channel", MultiGauge.builder("posthorn.channel.waiting").register(meters), Laggard::waiting),
        new Told("channel", MultiGauge.builder("posthorn.channel.oldest.seconds").register(meters), this::age),
        new Told("queue", MultiGauge.builder("posthorn.queue.waiting").register(meters), Laggard::waiting),
        new Told("queue", MultiGauge.builder("posthorn.queue.oldest.seconds").register(meters), this::age));
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-laggards", config.interval(), this::round)) : List.of();
  }

  /// Whoever lags no longer is no longer told.
  boolean round() {
    var now = now();
    told.forEach(one -> one.gauge.register(now.stream().filter(laggard -> laggard.what.equals(one.what))
        .map(laggard -> MultiGauge.Row.of(Tags.of("tenant", laggard.tenant.toString(), one.what, laggard.id.toString()), one.figure.applyAsDouble(laggard)))
        .collect(Collectors.toList()), true));
    return false;
  }

  List<Laggard> now() {
    return QuarkusTransaction.requiringNew().call(() -> {
      var found = new ArrayList<Laggard>();
      try (var connection = dataSource.getConnection(); var call = connection.prepareStatement("select * from laggards(?)")) {
        call.setInt(1, config.atMost());
        var rows = call.executeQuery();
        while (rows.next()) {
          found.add(new Laggard(rows.getString(1), rows.getObject(2, UUID.class), rows.getObject(3, UUID.class), rows.getLong(4),
              Optional.ofNullable(rows.getObject(5, OffsetDateTime.class)).map(OffsetDateTime::toInstant)));
        }
      }
      return found;
    });
  }

  private double age(Laggard laggard) {
    return laggard.since.map(since -> (double) Duration.between(since, clock.instant()).toSeconds()).orElse(0.0);
  }
}
