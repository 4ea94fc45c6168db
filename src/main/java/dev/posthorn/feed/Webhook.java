package dev.posthorn.feed;

import dev.posthorn.event.Feed.Place;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A server of the tenant's that is told of events.
@Entity
public class Webhook {
  /// Of webhooks themselves nobody is told by webhook: a server that fails would be told of that for ever.
  private static final String OWN = "webhook.";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String url;

  /// Kinds; `ticket.*` for all that begin so, `*` for all.
  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> events;

  public boolean active;
  public UUID secretId;
  public long tx;
  public UUID eventId;
  public Instant dueAt;
  public Instant createdAt;
  public Instant updatedAt;

  @Version
  @Column(name = "version")
  public long version;

  Place place() {
    return new Place(tx, eventId);
  }

  /// What comes up to there was looked at.
  void at(Place place) {
    tx = place.tx();
    eventId = place.eventId();
  }

  boolean wants(String kind) {
    return !kind.startsWith(OWN) && events.stream().anyMatch(wanted -> wanted.equals("*") || wanted.equals(kind)
        || wanted.endsWith(".*") && kind.startsWith(wanted.substring(0, wanted.length() - 1)));
  }
}
