package dev.posthorn.team;

import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What may stand before the `@` of a forwarding address: a part of RFC 5321's Dot-string (section 4.1.2) that survives
/// being read aloud, in lower case. No `+`: it begins the detail of a signed reply address (RFC 5233).
record LocalPart(String text) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");

  /// Belong to whoever runs the domain (RFC 2142), or are taken by the world for senders that nobody answers.
  private static final Set<String> RESERVED = Set.of("postmaster", "abuse", "mailer-daemon", "noreply", "no-reply");

  /// Reads what a client wants.
  ///
  /// @throws Refusal 400 for one that cannot be, 422 for one that is reserved
  static LocalPart of(String wanted) {
    var text = wanted.toLowerCase(Locale.ROOT);
    if (text.length() > ForwardingAddresses.MAX_LOCAL_PART || text.contains("..") || !SHAPE.matcher(text).matches()) {
      throw Refusal.badRequest("/localPart", "At most " + ForwardingAddresses.MAX_LOCAL_PART
          + " letters a to z, digits, and between them dots, hyphens and underscores; no two dots in a row.");
    }
    if (RESERVED.contains(text)) {
      throw Refusal.at("/localPart", ProblemKind.UNPROCESSABLE, "This address is reserved.");
    }
    return new LocalPart(text);
  }

  /// What suits a team of this name: `Käufer & Co` of `acme` becomes `kaufer-co.acme`.
  static LocalPart like(String teamName, String tenantSlug) {
    var plain = Normalizer.normalize(teamName, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT);
    var word = plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return new LocalPart((word.isEmpty() ? "team" : word) + "." + tenantSlug);
  }

  /// The beginning, at most so long, and not ending in a mark.
  static String cut(String text, int atMost) {
    return text.length() <= atMost ? text : text.substring(0, atMost).replaceAll("[^a-z0-9]+$", "");
  }
}
