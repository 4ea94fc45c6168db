package dev.posthorn.intake;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.trace.Walks;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Makes a mail durable, once: its bytes and its row in one transaction, unique by (channel, source key). Nobody who brings
/// mail may acknowledge it before this has returned.
@ApplicationScoped
public class Intake {
  private final DataSource dataSource;
  private final Blobs blobs;
  private final IntakeConfig config;
  private final Clock clock;
  private final Event<Landed> landed;
  private final MeterRegistry meters;
  private final Walks walks;

  Intake(DataSource dataSource, Blobs blobs, IntakeConfig config, Clock clock, Event<Landed> landed, MeterRegistry meters, Walks walks) {
    this.dataSource = dataSource;
    this.blobs = blobs;
    this.config = config;
    this.clock = clock;
    this.landed = landed;
    this.meters = meters;
    this.walks = walks;
  }

  /// Counted from nothing on: of a series that begins at its first event, nobody sees that one rise.
  void countFromNothing(@Observes StartupEvent start) {
    List.of("stored", "duplicate", "too-large").forEach(outcome -> meters.counter("posthorn.mail.received", "outcome", outcome));
  }

  /// @throws RuntimeException when it could not be stored: then nothing is, and the sender is told to come again
  public Receipt accept(Arrival arrival, RawMail mail) {
    if (mail.size() > config.maxMailBytes()) {
      return counted(new Receipt.TooLarge(config.maxMailBytes()));
    }
    var receipt = walks.<Receipt, RuntimeException>step("intake.accept", SpanKind.CONSUMER, List.of(), step -> {
      step.says("tenant", arrival.tenant()).says("channel", arrival.channelId()).counts("mail.size", mail.size());
      return Tenancy.<Receipt, RuntimeException>in(arrival.tenant(), () -> QuarkusTransaction.requiringNew().call(() -> store(arrival, mail)));
    });
    landed.fire(new Landed());
    return counted(receipt);
  }

  private Receipt store(Arrival arrival, RawMail mail) throws SQLException {
    var id = Ids.next();
    try (var connection = dataSource.getConnection()) {
      // The unique key decides, not a look beforehand: of two that come at once, the second waits here and finds the first.
      if (!insert(connection, id, arrival, mail)) {
        return new Receipt.Duplicate(earlier(connection, arrival));
      }
    }
    blobs.put(mail.sha256(), mail.size(), mail.open());
    return new Receipt.Stored(id);
  }

  private boolean insert(Connection connection, UUID id, Arrival arrival, RawMail mail) throws SQLException {
    try (var insert = connection.prepareStatement("""
        insert into inbound_mail (tenant_id, id, channel_id, source_key, sha256, size, envelope_from, envelope_to,
                                  remote_address, helo, received_at, state, due_at, backlog, conversation, trace)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)
        on conflict (tenant_id, channel_id, source_key) do nothing""")) {
      insert.setObject(1, arrival.tenant().value());
      insert.setObject(2, id);
      insert.setObject(3, arrival.channelId());
      insert.setString(4, arrival.sourceKey());
      insert.setBytes(5, mail.sha256().bytes());
      insert.setLong(6, mail.size());
      insert.setString(7, arrival.envelopeFrom());
      insert.setString(8, arrival.envelopeTo());
      insert.setString(9, arrival.remoteAddress());
      insert.setString(10, arrival.helo());
      insert.setObject(11, at(arrival.receivedAt()));
      insert.setObject(12, at(clock.instant()));
      insert.setBoolean(13, arrival.backlog());
      insert.setString(14, arrival.conversation().orElse(null));
      insert.setString(15, walks.here());
      return insert.executeUpdate() == 1;
    }
  }

  private UUID earlier(Connection connection, Arrival arrival) throws SQLException {
    try (var select = connection.prepareStatement(
        "select id from inbound_mail where tenant_id = ? and channel_id = ? and source_key = ?")) {
      select.setObject(1, arrival.tenant().value());
      select.setObject(2, arrival.channelId());
      select.setString(3, arrival.sourceKey());
      var row = select.executeQuery();
      if (!row.next()) {
        throw new IllegalStateException("The unique key found a mail that cannot be read");
      }
      return row.getObject(1, UUID.class);
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private Receipt counted(Receipt receipt) {
    var outcome = switch (receipt) {
      case Receipt.Stored _ -> "stored";
      case Receipt.Duplicate _ -> "duplicate";
      case Receipt.TooLarge _ -> "too-large";
    };
    meters.counter("posthorn.mail.received", "outcome", outcome).increment();
    return receipt;
  }
}
