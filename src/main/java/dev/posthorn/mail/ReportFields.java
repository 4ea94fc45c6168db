package dev.posthorn.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The groups of fields that machine-readable reports consist of (RFC 3464, section 2.1.1): header fields, with a blank
/// line between groups. What is no field is left out.
final class ReportFields {

  /// More than this are not looked at.
  private static final int MOST_GROUPS = 200;

  private ReportFields() {}

  /// The groups, names in lower case; of a field given twice the first.
  static List<Map<String, String>> groups(String text) {
    List<Map<String, String>> groups = new ArrayList<>();
    Map<String, String> group = new LinkedHashMap<>();
    String open = "";
    for (String line : (CleanText.lines(text) + "\n").split("\n", -1)) {
      if (line.isBlank()) {
        if (!group.isEmpty()) {
          groups.add(group);
        }
        if (groups.size() == MOST_GROUPS) {
          return groups;
        }
        group = new LinkedHashMap<>();
        open = "";
      } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        group.computeIfPresent(open, (_, value) -> value + " " + line.strip());
      } else if (line.indexOf(':') > 0) {
        open = line.substring(0, line.indexOf(':')).strip().toLowerCase(Locale.ROOT);
        group.putIfAbsent(open, line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return groups;
  }

  /// The address in a typed value: `rfc822; anna@example.org` (RFC 3464, section 2.1.2), normalised. Some write it without
  /// its type, some in angle brackets.
  static Optional<String> address(String value) {
    String bare = value.substring(value.indexOf(';') + 1).strip();
    return Address.parse(bare).map(Address::normalized);
  }
}
