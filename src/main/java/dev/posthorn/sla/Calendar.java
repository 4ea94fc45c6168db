package dev.posthorn.sla;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// When a tenant's people are at work.
@Entity
public class Calendar {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String timeZone;

  /// By day, `monday` to `sunday`: what [Opening] says.
  @JdbcTypeCode(SqlTypes.JSON)
  public Map<String, List<Opening>> hours;

  /// Days as RFC 3339 writes them: `2026-12-25`.
  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> holidays;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  /// A part of a day.
  ///
  /// @param from local time, `09:00`
  /// @param to not included; `24:00` is the end of the day
  public record Opening(String from, String to) {
    BusinessHours.Span span() {
      return new BusinessHours.Span(LocalTime.parse(from), to.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(to));
    }
  }

  BusinessHours businessHours() {
    return businessHours(timeZone, hours, holidays);
  }

  /// @throws IllegalArgumentException with what is wrong, for people to read
  static BusinessHours businessHours(String timeZone, Map<String, List<Opening>> hours, List<String> holidays) {
    var week = new EnumMap<DayOfWeek, List<BusinessHours.Span>>(DayOfWeek.class);
    hours.forEach((day, openings) ->
        week.put(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)), openings.stream().map(Opening::span).toList()));
    var days = new HashSet<LocalDate>();
    holidays.forEach(day -> days.add(LocalDate.parse(day)));
    return BusinessHours.of(ZoneId.of(timeZone), week, days);
  }
}
