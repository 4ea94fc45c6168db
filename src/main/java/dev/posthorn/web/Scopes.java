package dev.posthorn.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a key may be used for, narrower than its role: `tickets:read`, `tickets:write`, `*:read`. The word before the colon is the
/// first segment of the path below `/api/v1/`; pushing mail is `mails:write`, wherever it is pushed to, and what a gateway of text
/// messages says is `texts:write`. Reading is GET, writing everything else; neither includes the other. Pure.
public final class Scopes {
  /// Everything that the role allows.
  public static final Scopes ALL = new Scopes(null);

  private static final String API = "/api/v1/";
  private static final String ANY = "*";
  private static final Pattern WORD = Pattern.compile("(\\*|[a-z][a-z-]{0,40}):(read|write)");

  /// Pushed mail has a word of its own, so that a relay's key is good for nothing else.
  private static final Pattern PUSH = Pattern.compile("inbound-channels/[^/]+/mails");
  private static final Pattern GATEWAY = Pattern.compile("inbound-channels/[^/]+/text(s|-receipts)");

  /// What every caller may ask: who it is.
  private static final String SELF = "session";

  private final SortedSet<String> words;

  private Scopes(SortedSet<String> words) {
    this.words = words;
  }

  /// @param words null for everything
  /// @throws Refusal 400 for a word of another form, or of a group that is not there
  public static Scopes of(Collection<String> words, Set<String> groups) {
    if (words == null) {
      return ALL;
    }
    for (var word : words) {
      if (!WORD.matcher(word).matches() || !groups.contains(word.substring(0, word.indexOf(':')))) {
        throw Refusal.badRequest("/scopes", "Expected words such as tickets:read, tickets:write or *:read; groups are "
            + String.join(", ", new TreeSet<>(groups)) + ".");
      }
    }
    return kept(words);
  }

  /// Those of a row, which were looked at when they came.
  static Scopes kept(Collection<String> words) {
    return words == null ? ALL : new Scopes(new TreeSet<>(words));
  }

  /// The words in their order; null for everything.
  public SortedSet<String> words() {
    return words;
  }

  /// Whether a request is within them. What lies nowhere below the API is within none.
  public boolean allow(String method, String path) {
    return words == null || path.startsWith(API) && (group(path).equals(SELF) || has(needed(method, path)));
  }

  /// Whether everything that the others allow is within these.
  boolean include(Scopes others) {
    return words == null || others.words != null && others.words.stream().allMatch(this::has);
  }

  private boolean has(String word) {
    return words.contains(word) || words.contains(ANY + word.substring(word.indexOf(':')));
  }

  /// The word that a request needs.
  static String needed(String method, String path) {
    return group(path) + kind(method);
  }

  /// The part of the API that a path belongs to.
  static String group(String path) {
    var below = withoutEnd(path.substring(Math.min(path.length(), API.length())));
    if (GATEWAY.matcher(below).matches()) {
      return "texts";
    }
    return PUSH.matcher(below).matches() ? "mails" : below.split("/", 2)[0].toLowerCase(Locale.ROOT);
  }

  /// REST reads a path with a slash at its end as the one without.
  private static String withoutEnd(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static String kind(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS") ? ":read" : ":write";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes scopes && (words == null ? scopes.words == null : words.equals(scopes.words));
  }

  @Override
  public int hashCode() {
    return words == null ? 0 : words.hashCode();
  }

  @Override
  public String toString() {
    return words == null ? "everything" : words.toString();
  }
}
