package dev.posthorn.stats;

import dev.posthorn.web.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/// Whole days in a time zone.
///
/// @param to the last day
record Span(LocalDate from, LocalDate to, ZoneId zone) {
  private static final int USUAL_DAYS = 30;

  /// @param from null for 30 days up to `to`, that included
  /// @param to null for today
  /// @throws Refusal 400 for what is no date, and for a span that is too long or ends before it begins
  static Span of(String from, String to, ZoneId zone, Instant now, int maxDays) {
    var last = to == null ? LocalDate.ofInstant(now, zone) : parsed("to", to);
    var first = from == null ? last.minusDays(USUAL_DAYS - 1L) : parsed("from", from);
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    if (days < 1 || days > maxDays) {
      throw Refusal.badRequest("from", "Between 1 and " + maxDays + " days up to and with `to`.");
    }
    return new Span(first, last, zone);
  }

  private static LocalDate parsed(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.badRequest(name, "A date, as in 2026-11-22.");
    }
  }

  Instant begins() {
    return from.atStartOfDay(zone).toInstant();
  }

  /// The first moment after it.
  Instant ends() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }
}
