package dev.posthorn.trust;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a domain says about mail in its name (RFC 7489, section 6.3).
///
/// @param policy          `none`, `quarantine` or `reject`
/// @param subdomainPolicy the same for domains below it
/// @param strictDkim      whether a signature must be of the very domain
/// @param strictSpf       whether the envelope must be of the very domain
record DmarcRecord(String policy, String subdomainPolicy, boolean strictDkim, boolean strictSpf) {

  private static final List<String> POLICIES = List.of("none", "quarantine", "reject");

  /// The one DMARC record among the TXT records of a name. Of several none counts, and one without a known policy counts
  /// only if it asks for reports (section 6.6.3).
  static Optional<DmarcRecord> among(List<String> texts) {
    var records = texts.stream().map(String::strip).filter(text -> text.matches("(?i)v\\s*=\\s*DMARC1\\s*(?:;.*)?")).toList();
    return records.size() == 1 ? read(records.getFirst()) : Optional.empty();
  }

  private static Optional<DmarcRecord> read(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (var tag : text.split(";")) {
      var parts = tag.split("=", 2);
      if (parts.length == 2) {
        tags.putIfAbsent(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip().toLowerCase(Locale.ROOT));
      }
    }
    var policy = tags.getOrDefault("p", "");
    if (!POLICIES.contains(policy)) {
      if (tags.getOrDefault("rua", "").isEmpty()) {
        return Optional.empty();
      }
      policy = "none";
    }
    var below = tags.getOrDefault("sp", policy);
    return Optional.of(new DmarcRecord(policy, POLICIES.contains(below) ? below : policy,
        tags.getOrDefault("adkim", "r").equals("s"), tags.getOrDefault("aspf", "r").equals("s")));
  }
}
