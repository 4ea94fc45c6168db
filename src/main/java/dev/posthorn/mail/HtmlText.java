package dev.posthorn.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.owasp.html.HtmlStreamEventReceiver;

/// HTML as readable plain text: links with their targets, lists with their marks, quotes behind `> `, tables row by row.
///
/// The HTML is read as a stream of tags, never as a tree, so that neither depth nor size can hurt. What a browser hides
/// is left out.
public final class HtmlText {

  private static final int MAX_INPUT = 4 << 20;
  private static final int MAX_OUTPUT = 2 << 20;
  private static final int MAX_URL = 2_000;
  private static final int MAX_MARKS = 20;

  private static final Set<String> HIDDEN = Set.of("script", "style", "title", "template", "noframes", "svg", "math",
      "object", "iframe", "select", "textarea", "noembed", "audio", "video", "canvas");
  private static final int MAX_UNCLOSED = 300;
  private static final Set<String> NESTING = Set.of("blockquote", "ul", "ol", "pre", "a");
  private static final Set<String> OFTEN_UNCLOSED = Set.of("p", "li", "body", "html", "head");
  private static final Set<String> LINES = Set.of("div", "tr", "li", "dt", "dd", "address", "article", "aside",
      "section", "header", "footer", "main", "nav", "center", "caption", "form", "fieldset", "figure", "figcaption",
      "body", "html", "thead", "tbody", "tfoot", "summary", "details", "option", "legend");
  private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul",
      "ol", "dl", "table", "pre");

  private HtmlText() {
  }

  /// The text, with LF line ends and without blank space around it; at most about two million characters.
  public static String of(String html) {
    return of(html, writer -> writer);
  }

  /// The same, with something between the tags and the text: it may leave out, and put in.
  static String of(String html, UnaryOperator<HtmlStreamEventReceiver> before) {
    Writer writer = new Writer();
    HtmlStreamEventReceiver first = before.apply(writer);
    org.owasp.html.HtmlSanitizer.sanitize(CleanText.cut(html, MAX_INPUT), writer, unbalanced -> first);
    return CleanText.of(writer.out.toString().strip());
  }

  /// An element that means something for what is inside it.
  private static final class Element {

    private final String name;
    private final boolean hidden;
    /// Where the text of a link begins.
    private final int start;
    private final String href;
    /// Number of the last item of a list.
    private int items;

    Element(String name, boolean hidden, int start, String href) {
      this.name = name;
      this.hidden = hidden;
      this.start = start;
      this.href = href;
    }
  }

  /// Called tag by tag, as they stand in the HTML: some are never closed, some are closed without having been open.
  private static final class Writer implements org.owasp.html.HtmlSanitizer.Policy {

    private final StringBuilder out = new StringBuilder();
    private final Deque<Element> open = new ArrayDeque<>();
    private int hidden;
    private int quotes;
    private int lists;
    private int preformatted;

    /// Line ends to write before the next word: one ends the line, two leave a blank one.
    private int lineEnds;
    private int blankLineQuotes;
    private boolean space;
    private boolean lineHasText;

    @Override
    public void openDocument() {
      // begins empty
    }

    @Override
    public void closeDocument() {
      // ends with the last word
    }

    @Override
    public void openTag(String name, List<String> attributes) {
      if (HtmlGuard.VOID.contains(name)) {
        voidTag(name, attributes);
        return;
      }
      breakAround(name, lists > 0);
      if (hidden == 0 && name.equals("a")) {
        closeTag("a"); // links are never inside each other
      }
      boolean hides = HIDDEN.contains(name) || !OFTEN_UNCLOSED.contains(name) && isInvisible(attribute(attributes, "style"));
      if (hidden > 0 || hides || NESTING.contains(name)) {
        open.push(new Element(name, hides, out.length(), name.equals("a") ? attribute(attributes, "href") : ""));
      }
      hidden += hides ? 1 : 0;
      switch (name) {
        case "blockquote" -> quotes++;
        case "ul", "ol" -> lists++;
        case "pre" -> preformatted++;
        case "li" -> item();
        case "td", "th" -> cell();
        default -> {
          // begins nothing
        }
      }
    }

    /// Closes this element and those inside it that were left open; what is further away than that is not open.
    @Override
    public void closeTag(String name) {
      if (open.stream().limit(MAX_UNCLOSED).anyMatch(e -> e.name.equals(name))) {
        Element closed;
        do {
          closed = open.pop();
          close(closed);
        } while (!closed.name.equals(name));
      }
      breakAround(name, lists > 0);
    }

    @Override
    public void text(String text) {
      if (hidden > 0 || out.length() > MAX_OUTPUT) {
        return;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (preformatted > 0 && c == '\n') {
          write("");
          lineEnds = Math.max(1, lineEnds + 1);
        } else if (preformatted == 0 && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')) {
          space = true;
        } else if (c != '\r') {
          writeCharacter(c == '\u00A0' ? ' ' : c);
        }
      }
    }

    private void close(Element closed) {
      hidden -= closed.hidden ? 1 : 0;
      if (hidden == 0 && !closed.href.isEmpty()) {
        linkTarget(closed);
      }
      switch (closed.name) {
        case "blockquote" -> quotes--;
        case "ul", "ol" -> lists--;
        case "pre" -> preformatted--;
        default -> {
          // ends nothing
        }
      }
    }

    private void voidTag(String name, List<String> attributes) {
      if (hidden > 0) {
        return;
      }
      switch (name) {
        case "br" -> {
          write("");
          lineEnds++;
          lineHasText = false;
          space = false;
        }
        case "hr" -> {
          breakLine(1);
          write("-".repeat(40));
          breakLine(1);
        }
        case "img" -> {
          String alt = attribute(attributes, "alt").strip();
          if (!alt.isEmpty()) {
            text("[" + alt + "]");
          }
        }
        default -> {
          // shows nothing
        }
      }
    }

    private void breakAround(String name, boolean insideList) {
      if (PARAGRAPHS.contains(name)) {
        breakLine(insideList && (name.equals("ul") || name.equals("ol")) ? 1 : 2);
      } else if (LINES.contains(name)) {
        breakLine(1);
      }
    }

    private void item() {
      Element list = open.stream().limit(MAX_UNCLOSED).filter(e -> e.name.equals("ul") || e.name.equals("ol")).findFirst().orElse(null);
      boolean numbered = list != null && list.name.equals("ol");
      String mark = numbered ? ++list.items + ". " : "- ";
      if (hidden == 0) {
        write("  ".repeat(Math.clamp(lists - 1, 0, MAX_MARKS)) + mark);
        lineHasText = false;
      }
    }

    private void cell() {
      if (hidden == 0 && lineHasText && lineEnds == 0) {
        write(" | ");
        lineHasText = false;
        space = false;
      }
    }

    private void linkTarget(Element link) {
      String url = link.href.strip();
      String lower = url.toLowerCase(Locale.ROOT);
      boolean mail = lower.startsWith("mailto:");
      boolean known = mail || lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("tel:");
      String shown = out.substring(Math.min(link.start, out.length())).strip();
      String target = mail ? url.substring(7) : url;
      boolean said = shown.isEmpty() || shown.equals(target) || shown.equals(url) || (shown + "/").equals(target);
      if (known && !said && url.length() <= MAX_URL) {
        write(" <" + CleanText.line(target) + ">");
      }
    }

    private void breakLine(int ends) {
      if (hidden > 0) {
        return;
      }
      if (lineHasText || lineEnds > 0) {
        lineEnds = Math.max(lineEnds, ends);
        blankLineQuotes = Math.min(blankLineQuotes, quotes);
      }
      space = false;
    }

    private void writeCharacter(char c) {
      beginLine();
      if (space && lineHasText) {
        out.append(' ');
      }
      space = false;
      lineHasText = true;
      out.append(c);
    }

    private void write(String text) {
      if (out.length() <= MAX_OUTPUT) {
        beginLine();
        out.append(text);
        lineHasText |= !text.isEmpty();
      }
    }

    private void beginLine() {
      if (lineEnds == 0 && !out.isEmpty()) {
        return;
      }
      for (int i = 0; i < lineEnds; i++) {
        out.append(i == 0 ? "" : "> ".repeat(Math.min(blankLineQuotes, MAX_MARKS)).stripTrailing()).append('\n');
      }
      out.append("> ".repeat(Math.min(quotes, MAX_MARKS)));
      lineEnds = 0;
      blankLineQuotes = quotes;
      lineHasText = false;
    }

    private static boolean isInvisible(String style) {
      String plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
      return plain.contains("display:none") || plain.contains("visibility:hidden");
    }
  }

  /// The value of the first attribute of this name, "" if there is none; names and values alternate.
  static String attribute(List<String> attributes, String name) {
    for (Iterator<String> each = attributes.iterator(); each.hasNext(); ) {
      boolean found = each.next().equals(name);
      String value = each.next();
      if (found) {
        return value;
      }
    }
    return "";
  }
}
