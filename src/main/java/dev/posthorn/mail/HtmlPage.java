package dev.posthorn.mail;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.owasp.html.AttributePolicy;
import org.owasp.html.ElementPolicy;

/// The HTML of a message as a page of its own, for a browser that is told to run and to load nothing
/// ([#contentSecurity(boolean)]). It goes through the allow-list once more on its way out: what an older one let in does
/// not get out.
///
/// @param html          the whole page
/// @param blockedImages images from elsewhere that are not loaded
public record HtmlPage(String html, int blockedImages) {

  private static final String REMOTE_SRC = "data-remote-src";

  /// @param body        HTML as [HtmlSanitizer] or [OutgoingHtml] left it
  /// @param images      where an image of the mail itself is, by its Content-ID
  /// @param remoteToo   whether images from elsewhere are loaded: then the sender hears that and when the mail was read
  public static HtmlPage of(String body, Function<String, Optional<String>> images, boolean remoteToo) {
    AtomicInteger blocked = new AtomicInteger();
    String clean = HtmlRules.common()
        .allowAttributes(REMOTE_SRC).matching(remote()).onElements("img")
        .allowElements(placed(images, remoteToo, blocked), "img")
        .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
        .toFactory().sanitize(HtmlRules.bounded(body));
    return new HtmlPage(page(CleanText.of(clean)), blocked.get());
  }

  /// The same of a message that is text alone.
  public static HtmlPage ofText(String text) {
    return new HtmlPage(page("<div style=\"white-space:pre-wrap\">" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</div>"), 0);
  }

  /// How many images from elsewhere sanitised HTML holds back. Text in it has no quotation marks of its own.
  public static int blockedImages(String sanitised) {
    int found = 0;
    String mark = " " + REMOTE_SRC + "=\"";
    for (int at = sanitised.indexOf(mark); at >= 0; at = sanitised.indexOf(mark, at + mark.length())) {
      found++;
    }
    return found;
  }

  /// The policy that the page is served under (CSP Level 3): no script, no form, no frame, nothing loaded but images of the mail and those that stand in the page itself. Links
  /// open elsewhere, in a window that knows nothing of this one.
  public static String contentSecurity(boolean remoteToo) {
    return "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:" + (remoteToo ? " https: http:" : "")
        + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
  }

  private static String page(String body) {
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
        + "<base target=\"_blank\"><title></title></head><body>" + body + "</body></html>\n";
  }

  private static AttributePolicy remote() {
    return (element, attribute, value) -> HtmlRules.isRemote(value) ? value.strip() : null;
  }

  private static ElementPolicy placed(Function<String, Optional<String>> images, boolean remoteToo, AtomicInteger blocked) {
    return (element, attributes) -> {
      for (int i = 0; i < attributes.size(); ) {
        String name = attributes.get(i);
        String value = attributes.get(i + 1);
        boolean source = name.equals("src") || name.equals(REMOTE_SRC);
        Optional<String> at = source && !HtmlRules.isRemote(value) ? contentId(value).flatMap(images) : Optional.of(value);
        if (at.isEmpty()) {
          attributes.subList(i, i + 2).clear();
          continue;
        }
        if (source && HtmlRules.isRemote(value)) {
          blocked.addAndGet(remoteToo ? 0 : 1);
          attributes.set(i, remoteToo ? "src" : REMOTE_SRC);
        }
        attributes.set(i + 1, at.get());
        i += 2;
      }
      return element;
    };
  }

  /// RFC 2392, section 2: the id in a `cid:` URL is percent-encoded; not everybody does it.
  private static Optional<String> contentId(String url) {
    if (!url.regionMatches(true, 0, "cid:", 0, 4)) {
      return Optional.empty();
    }
    String id = url.substring(4);
    try {
      return Optional.of(URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.of(id);
    }
  }

  @Override
  public String toString() {
    return "HtmlPage[" + html.length() + " characters, " + blockedImages + " images blocked]";
  }
}
