package dev.posthorn.ingress;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The argument of MAIL and RCPT (RFC 5321 4.1.1.2, 4.1.1.3): a path in angle brackets and parameters behind it.
///
/// @param address    what stands in the brackets without the source route, `""` for the null path; not yet known to be an address
/// @param parameters by upper-case keyword; the value is `""` where there is none
record MailPath(String address, Map<String, String> parameters) {

  /// @param arguments what follows the verb
  /// @param keyword   `FROM:` or `TO:`
  /// @return empty when the syntax is not that of the RFC (a blank after the colon is forgiven: many write it)
  static Optional<MailPath> parse(String arguments, String keyword) {
    if (!arguments.regionMatches(true, 0, keyword, 0, keyword.length())) return Optional.empty();
    var path = arguments.substring(keyword.length()).stripLeading();
    var close = path.startsWith("<") ? closingBracket(path) : -1;
    if (close < 0) return Optional.empty();
    var rest = path.substring(close + 1);
    if (!rest.isBlank() && rest.charAt(0) != ' ') return Optional.empty();
    return parameters(rest).map(p -> new MailPath(withoutRoute(path.substring(1, close)), p));
  }

  boolean isAscii() {
    return address.chars().allMatch(c -> c < 128);
  }

  /// The `>` that ends the path: one inside a quoted local part does not.
  private static int closingBracket(String path) {
    var quoted = false;
    for (int i = 1; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '\\' -> i++;
        case '"' -> quoted = !quoted;
        case '>' -> {
          if (!quoted) return i;
        }
        default -> {}
      }
    }
    return -1;
  }

  /// `@one,@two:user@host` is taken as `user@host` (RFC 5321 appendix C: servers should ignore the route).
  private static String withoutRoute(String path) {
    return path.startsWith("@") ? path.substring(path.indexOf(':') + 1) : path;
  }

  private static Optional<Map<String, String>> parameters(String rest) {
    var found = new LinkedHashMap<String, String>();
    for (var word : rest.strip().split(" +")) {
      if (word.isEmpty()) continue;
      var equals = word.indexOf('=');
      var keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      if (found.put(keyword, equals < 0 ? "" : word.substring(equals + 1)) != null) return Optional.empty();
    }
    return Optional.of(found);
  }
}
