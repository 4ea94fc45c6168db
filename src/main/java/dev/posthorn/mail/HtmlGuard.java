package dev.posthorn.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.owasp.html.HtmlStreamEventReceiver;

/// Stands before the sanitising library and keeps from it what it cannot bear: elements nested so deep that it drops
/// their text (at 256), attributes so many that it takes the square of their number, styles that overflow its stack.
///
/// Below the depth that is allowed tags are left out and text, links, images and line breaks stay: a long exchange of
/// quoted mails loses its form there, never its words.
final class HtmlGuard implements HtmlStreamEventReceiver {

  private static final int MAX_DEPTH = 200;
  private static final int MAX_ATTRIBUTES = 40;
  private static final int MAX_STYLE = 4_000;
  private static final int MAX_FUNCTIONS = 40;

  static final Set<String> VOID = Set.of("br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr",
      "param", "source", "track", "embed", "basefont", "frame", "bgsound", "keygen", "command", "image");

  /// Often not closed, and closed by the next of their kind; their depth is counted with what they stand in.
  private static final Set<String> UNCOUNTED = Set.of("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
      "caption", "colgroup", "option", "html", "head", "body");

  private final HtmlStreamEventReceiver inner;
  private final Deque<String> open = new ArrayDeque<>();
  private int depth;
  private int tables;
  private int lists;
  private int leftOut;

  HtmlGuard(HtmlStreamEventReceiver inner) {
    this.inner = inner;
  }

  @Override
  public void openDocument() {
    inner.openDocument();
  }

  @Override
  public void closeDocument() {
    inner.closeDocument();
  }

  @Override
  public void openTag(String name, List<String> attributes) {
    bound(attributes);
    if (VOID.contains(name) || name.equals("a")) {
      inner.openTag(name, attributes);
    } else if (UNCOUNTED.contains(name)) {
      if (leftOut == 0) {
        inner.openTag(atHome(name), attributes);
      }
    } else if (leftOut > 0 || depth + weight(name) > MAX_DEPTH) {
      leftOut++;
    } else {
      open.push(name);
      count(name, 1);
      inner.openTag(name, attributes);
    }
  }

  @Override
  public void closeTag(String name) {
    boolean uncounted = UNCOUNTED.contains(name) || name.equals("a");
    if (leftOut > 0 && !uncounted) {
      leftOut--;
      return;
    }
    if (!uncounted && open.contains(name)) {
      String closed;
      do {
        closed = open.pop();
        count(closed, -1);
      } while (!closed.equals(name));
    }
    if (leftOut == 0 || name.equals("a")) {
      inner.closeTag(atHome(name));
    }
  }

  @Override
  public void text(String text) {
    inner.text(text);
  }

  /// Items and cells that stand in no list or table are paragraphs. The library would put a list or a table around
  /// each of them, one inside the other.
  private String atHome(String name) {
    return switch (name) {
      case "li", "dt", "dd" -> lists > 0 ? name : "p";
      case "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup" -> tables > 0 ? name : "p";
      default -> name;
    };
  }

  private void count(String name, int change) {
    depth += change * weight(name);
    tables += name.equals("table") ? change : 0;
    lists += weight(name) == 2 ? change : 0;
  }

  /// How deep the library counts an element, with the rows, cells and items that come with it.
  private static int weight(String name) {
    return switch (name) {
      case "table" -> 4;
      case "ul", "ol", "dl" -> 2;
      default -> 1;
    };
  }

  /// Keeps the first of each attribute; names and values alternate.
  private static void bound(List<String> attributes) {
    Set<String> seen = new HashSet<>();
    List<String> kept = new ArrayList<>();
    for (Iterator<String> each = attributes.iterator(); each.hasNext() && seen.size() < MAX_ATTRIBUTES; ) {
      String name = each.next();
      String value = each.next();
      if (seen.add(name) && !(name.equals("style") && isTooMuch(value))) {
        kept.add(name);
        kept.add(value);
      }
    }
    attributes.clear();
    attributes.addAll(kept);
  }

  private static boolean isTooMuch(String style) {
    return style.length() > MAX_STYLE || style.chars().filter(c -> c == '(').count() > MAX_FUNCTIONS;
  }
}
