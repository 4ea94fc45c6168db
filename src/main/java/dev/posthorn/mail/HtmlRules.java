package dev.posthorn.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.owasp.html.AttributePolicy;
import org.owasp.html.CssSchema;
import org.owasp.html.ElementPolicy;
import org.owasp.html.HtmlPolicyBuilder;

/// What HTML in mail may hold: the one allow-list for both ways.
final class HtmlRules {

  /// Longer HTML is cut before it is read.
  private static final int MAX_INPUT = 2 << 20;
  private static final int MAX_URL = 4_000;

  private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "mailto", "tel");
  private static final Set<String> REMOTE_SCHEMES = Set.of("http", "https");

  private static final String[] ELEMENTS = {"a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote",
      "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em",
      "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd",
      "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
      "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"};

  /// Nothing that leaves its place (`position`), loads (`url()`) or runs. Functions and URLs are refused in values.
  private static final List<String> PROPERTIES = List.of("background", "background-color", "border", "border-bottom",
      "border-bottom-color", "border-bottom-style", "border-bottom-width", "border-collapse", "border-color",
      "border-left", "border-left-color", "border-left-style", "border-left-width", "border-radius", "border-right",
      "border-right-color", "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
      "border-top-color", "border-top-style", "border-top-width", "border-width", "caption-side", "color", "direction",
      "display", "empty-cells", "float", "clear", "font", "font-family", "font-size", "font-style", "font-variant",
      "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
      "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height", "min-width", "padding",
      "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout", "text-align",
      "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-spacing",
      "word-wrap");

  private static final Pattern SIZE = Pattern.compile("[0-9]{1,5}(?:px|%)?");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,5}");
  private static final Pattern COLOUR = Pattern.compile("#?[a-zA-Z0-9]{1,30}");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,29}");
  private static final Pattern FACE = Pattern.compile("[\\p{L}0-9 ,'-]{1,200}");
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,20}):(.*)", Pattern.DOTALL);

  private HtmlRules() {
  }

  /// The rules without images, which differ between in and out.
  static HtmlPolicyBuilder common() {
    return new HtmlPolicyBuilder()
        .withPreprocessor(HtmlGuard::new)
        .allowElements(ELEMENTS)
        .allowWithoutAttributes("span", "font", "a")
        .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
        .allowStyling(CssSchema.withProperties(PROPERTIES))
        .allowAttributes("href").matching(links()).onElements("a")
        .allowAttributes("dir").matching(true, "ltr", "rtl", "auto").globally()
        .allowAttributes("lang").matching(WORD).globally()
        .allowAttributes("title").globally()
        .allowAttributes("align", "valign").matching(WORD).globally()
        .allowAttributes("width", "height", "border", "cellpadding", "cellspacing", "hspace", "vspace")
        .matching(SIZE).onElements("table", "td", "th", "tr", "img", "col", "colgroup", "hr", "thead", "tbody", "tfoot")
        .allowAttributes("colspan", "rowspan", "span").matching(NUMBER).onElements("td", "th", "col", "colgroup")
        .allowAttributes("bgcolor").matching(COLOUR).onElements("table", "td", "th", "tr", "thead", "tbody", "tfoot")
        .allowAttributes("color").matching(COLOUR).onElements("font", "hr")
        .allowAttributes("size").matching(NUMBER).onElements("font", "hr")
        .allowAttributes("face").matching(FACE).onElements("font")
        .allowAttributes("start", "value").matching(NUMBER).onElements("ol", "li")
        .allowAttributes("type").matching(WORD).onElements("ol", "ul", "li")
        .allowAttributes("nowrap").matching(true, "nowrap").onElements("td", "th")
        .allowAttributes("alt").onElements("img")
        .allowAttributes("src").matching(images()).onElements("img");
  }

  /// What is read of it: a bounded length without NUL and half surrogates.
  static String bounded(String html) {
    return CleanText.of(CleanText.cut(html, MAX_INPUT));
  }

  /// An image from elsewhere becomes an inert one that keeps where it is in `data-remote-src`.
  static ElementPolicy withoutRemoteImages() {
    return (element, attributes) -> {
      for (int i = 0; i < attributes.size(); i += 2) {
        if (attributes.get(i).equals("src") && isRemote(attributes.get(i + 1))) {
          attributes.set(i, "data-remote-src");
        }
      }
      return element;
    };
  }

  /// Whether it names something elsewhere that a browser would load.
  static boolean isRemote(String url) {
    return REMOTE_SCHEMES.contains(scheme(url.strip()).orElse(""));
  }

  /// Links with a scheme that is known to be harmless; there is nothing that a relative link could be relative to.
  private static AttributePolicy links() {
    return (element, attribute, value) -> withScheme(value, LINK_SCHEMES);
  }

  private static AttributePolicy images() {
    return (element, attribute, value) -> withScheme(value, Set.of("http", "https", "cid"));
  }

  private static String withScheme(String value, Set<String> allowed) {
    String url = value.strip();
    return scheme(url).filter(allowed::contains).isPresent() ? url : null;
  }

  /// The scheme of a URL, or none if a browser could read another one: browsers skip control characters inside.
  private static Optional<String> scheme(String url) {
    if (url.length() > MAX_URL || url.chars().anyMatch(c -> c < ' ' || c == 127)) {
      return Optional.empty();
    }
    var parts = SCHEME.matcher(url);
    return parts.matches() && !parts.group(2).isBlank()
        ? Optional.of(parts.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
  }
}
