package dev.posthorn.trust;

import dev.posthorn.mail.Mail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what another server found out (RFC 8601). Anybody can write such a field into a mail, so only those count that
/// stand on top and bear the name of a trusted server: what is below the first other name was there before it came.
final class AuthenticationResults {

  /// How the configuration names a server that gives no name, as Exchange Online does.
  static final String NAMELESS = "-";

  private static final int MOST_FIELDS = 20;
  private static final Pattern RESULT = Pattern.compile("([a-z][a-z0-9-]*)(?:/\\d+)?\\s*=\\s*([a-z]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PROPERTY = Pattern.compile("([a-z]+\\.[a-z][a-z-]*)\\s*=\\s*(\"[^\"]*\"|[^\\s;]+)", Pattern.CASE_INSENSITIVE);

  private AuthenticationResults() {}

  private record Found(String method, Verdict verdict, Map<String, String> properties) {}

  /// @param trusted names of trusted servers, in lower case
  static Optional<Authentication> read(Mail mail, Set<String> trusted) {
    List<Found> found = new ArrayList<>();
    String by = null;
    for (var value : mail.headers("Authentication-Results").stream().limit(MOST_FIELDS).toList()) {
      var parts = parts(withoutComments(value));
      var name = name(parts.getFirst());
      if (!trusted.contains(name) || by != null && !by.equals(name)) {
        break;
      }
      by = name;
      parts.forEach(part -> result(part).ifPresent(found::add));
    }
    return by == null ? Optional.empty() : Optional.of(authentication(mail, by, found));
  }

  /// Whether whoever sealed a mail found, when it came there, that the domain of its sender stands behind it.
  ///
  /// @param results the value of ARC-Authentication-Results: the instance, the name of the server, then as always
  static boolean proves(Mail mail, String results) {
    var dmarc = parts(withoutComments(results)).stream().skip(2).flatMap(part -> result(part).stream())
        .filter(one -> one.method.equals("dmarc")).toList();
    return dmarc.size() == 1 && dmarc.getFirst().verdict == Verdict.PASS && Senders.one(mail)
        .filter(from -> from.domain().equals(domain(dmarc.getFirst().properties.getOrDefault("header.from", "")))).isPresent();
  }

  private static Authentication authentication(Mail mail, String by, List<Found> found) {
    var signed = found.stream().filter(one -> one.method.equals("dkim")).toList();
    var dkim = signed.stream().map(Found::verdict).filter(verdict -> verdict == Verdict.PASS).findFirst()
        .or(() -> signed.stream().map(Found::verdict).findFirst()).orElse(Verdict.NONE);
    var domains = signed.stream().filter(one -> one.verdict == Verdict.PASS)
        .flatMap(one -> Optional.ofNullable(one.properties.getOrDefault("header.d", one.properties.get("header.i"))).stream())
        .map(AuthenticationResults::domain).distinct().toList();
    var spf = first(found, "spf");
    var dmarc = first(found, "dmarc");
    // The server may have looked at another From than we do, where there are several.
    boolean ofThisSender = dmarc.map(one -> one.properties.get("header.from")).map(AuthenticationResults::domain)
        .map(domain -> mail.from().filter(from -> from.domain().equals(domain)).isPresent()).orElse(true);
    var verdict = dmarc.map(Found::verdict).orElse(Verdict.NONE);
    return new Authentication(spf.map(Found::verdict).orElse(Verdict.NONE), dkim, verdict,
        first(found, "arc").map(Found::verdict).orElse(Verdict.NONE),
        spf.map(one -> one.properties.getOrDefault("smtp.mailfrom", one.properties.get("smtp.helo"))).map(AuthenticationResults::domain).orElse(null),
        domains, null, by.equals(NAMELESS) ? "nameless" : by, null, verdict == Verdict.PASS && ofThisSender && Senders.one(mail).isPresent());
  }

  private static Optional<Found> first(List<Found> found, String method) {
    return found.stream().filter(one -> one.method.equals(method)).findFirst();
  }

  private static List<String> parts(String value) {
    return List.of(value.strip().split(";", -1));
  }

  /// The authserv-id, without its version; where the field begins with a result, it has none.
  private static String name(String part) {
    var word = part.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    return word.isEmpty() || word.contains("=") ? NAMELESS : word;
  }

  private static Optional<Found> result(String part) {
    var result = RESULT.matcher(part.strip());
    if (!result.lookingAt()) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>();
    var property = PROPERTY.matcher(part);
    while (property.find()) {
      properties.putIfAbsent(property.group(1).toLowerCase(Locale.ROOT), property.group(2).replace("\"", ""));
    }
    return Verdict.read(result.group(2)).map(verdict -> new Found(result.group(1).toLowerCase(Locale.ROOT), verdict, properties));
  }

  private static String domain(String value) {
    return value.substring(value.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  /// Comments nest (RFC 5322, section 3.2.2); what stands in quotes is no comment.
  private static String withoutComments(String value) {
    var kept = new StringBuilder(value.length());
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
      } else if (depth == 0 && c == '"') {
        quoted = !quoted;
        kept.append(c);
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && depth > 0) {
        depth--;
        kept.append(' ');
      } else if (depth == 0) {
        kept.append(c == ';' && quoted ? ' ' : c);
      }
    }
    return kept.toString();
  }
}
