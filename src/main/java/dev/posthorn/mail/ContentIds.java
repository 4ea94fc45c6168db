package dev.posthorn.mail;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.owasp.html.Encoding;

/// Which parts of a mail its HTML shows.
public final class ContentIds {

  private static final String CID = "cid";
  private static final Pattern CONTENT_ID = Pattern.compile("[^\"'\\s>)]{1,998}");

  private ContentIds() {
  }

  /// The content ids that the HTML shows (RFC 2392, section 2), percent-encoded or not. Cleaned HTML, ours too, writes `@` as
  /// `&#64;`.
  public static Set<String> shownIn(String html) {
    Set<String> ids = new HashSet<>();
    Matcher found = CONTENT_ID.matcher(html);
    int next;
    for (int colon = html.indexOf(':'); colon >= 0; colon = html.indexOf(':', next)) {
      next = colon + 1;
      boolean cid = html.regionMatches(true, colon - CID.length(), CID, 0, CID.length());
      if (cid && found.region(colon + 1, html.length()).lookingAt()) {
        next = found.end();
        String id = Encoding.decodeHtml(found.group(), true);
        ids.add(id);
        decoded(id).ifPresent(ids::add);
      }
    }
    return ids;
  }

  private static Optional<String> decoded(String id) {
    try {
      return Optional.of(URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
