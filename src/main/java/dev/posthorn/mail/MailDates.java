package dev.posthorn.mail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Date (RFC 5322, sections 3.3 and 4.3) and what is sent instead: no seconds, no zone, dashes, two-digit years,
/// the order of C's asctime, ISO 8601.
final class MailDates {

  private static final int MAX_LENGTH = 120;
  private static final List<String> MONTHS = List.of(
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
  private static final Pattern DAY_FIRST = Pattern.compile(
      "(?:\\p{Alpha}{2,9}\\.?\\s*,?\\s*)?(?<day>\\d{1,2})[\\s-]+(?<month>\\p{Alpha}{3,9})\\.?[\\s-]+(?<year>\\d{2,4}),?\\s+"
          + "(?<hour>\\d{1,2})[:.](?<minute>\\d{1,2})(?:[:.](?<second>\\d{1,2})(?:\\.\\d+)?)?"
          + "\\s*(?<half>[AaPp][Mm])?\\s*(?<zone>[+-]\\d{2}:?\\d{2}|\\p{Alpha}{1,5})?.*");
  private static final Pattern YEAR_LAST = Pattern.compile(
      "\\p{Alpha}{3,9},?\\s+(?<month>\\p{Alpha}{3,9})\\s+(?<day>\\d{1,2}),?\\s+"
          + "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?\\s+(?<half>[AaPp][Mm])?"
          + "(?<zone>[+-]\\d{4}|\\p{Alpha}{3,5})?\\s*(?<year>\\d{4}).*");

  /// RFC 5322, section 4.3; every other letter means nothing and counts as UTC.
  private static final Map<String, Integer> ZONE_HOURS = Map.of(
      "est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt", -6, "pst", -8, "pdt", -7, "cet", 1, "cest", 2);

  private MailDates() {
  }

  /// The instant, if it is one between 1900 and 9999.
  static Optional<Instant> parse(String value) {
    String text = withoutComments(value.substring(0, Math.min(value.length(), MAX_LENGTH)));
    try {
      for (Pattern pattern : List.of(DAY_FIRST, YEAR_LAST)) {
        Matcher found = pattern.matcher(text);
        if (found.matches()) {
          return instant(found);
        }
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(MailDates::isPlausible);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The innermost first, for comments nest; no more than a date has room for.
  private static String withoutComments(String text) {
    String shorter = COMMENT.matcher(text).replaceAll(" ");
    return shorter.equals(text) ? text.strip() : withoutComments(shorter);
  }

  private static Optional<Instant> instant(Matcher found) {
    int month = MONTHS.indexOf(found.group("month").substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    int second = found.group("second") == null ? 0 : Math.min(59, Integer.parseInt(found.group("second")));
    LocalDateTime local = LocalDateTime.of(year(found.group("year")), month, Integer.parseInt(found.group("day")),
        hour(found), Integer.parseInt(found.group("minute")), second);
    return Optional.of(local.toInstant(zone(found.group("zone")))).filter(MailDates::isPlausible);
  }

  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    return switch (digits.length()) {
      case 2 -> year < 50 ? 2000 + year : 1900 + year;
      case 3 -> 1900 + year;
      default -> year;
    };
  }

  private static int hour(Matcher found) {
    int hour = Integer.parseInt(found.group("hour"));
    if (found.group("half") == null) {
      return hour;
    }
    return hour % 12 + (found.group("half").toLowerCase(Locale.ROOT).equals("pm") ? 12 : 0);
  }

  private static ZoneOffset zone(String zone) {
    if (zone == null) {
      return ZoneOffset.UTC;
    }
    if (zone.startsWith("+") || zone.startsWith("-")) {
      String digits = zone.replace(":", "");
      int minutes = Integer.parseInt(digits.substring(1, 3)) * 60 + Integer.parseInt(digits.substring(3));
      return minutes > 18 * 60 ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds((digits.startsWith("-") ? -60 : 60) * minutes);
    }
    return ZoneOffset.ofHours(ZONE_HOURS.getOrDefault(zone.toLowerCase(Locale.ROOT), 0));
  }

  private static boolean isPlausible(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1900 && year <= 9999;
  }
}
