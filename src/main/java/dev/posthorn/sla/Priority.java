package dev.posthorn.sla;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How urgent a ticket is. Higher rank, more urgent.
@Entity
public class Priority {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public int rank;
  public boolean isDefault;

  /// The three times (TH-39), in minutes; null where there is none.
  public Integer reactionMinutes;

  public Integer alarmMinutes;
  public Integer completionMinutes;

  /// Whose hours they count in; null for around the clock.
  public UUID calendarId;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  /// What decides about its tickets' clocks, but for the calendar's own hours.
  PriorityPace pace() {
    return new PriorityPace(times(), calendarId);
  }

  record PriorityPace(Times times, UUID calendarId) {}

  Times times() {
    return new Times(reactionMinutes, alarmMinutes, completionMinutes);
  }
}
