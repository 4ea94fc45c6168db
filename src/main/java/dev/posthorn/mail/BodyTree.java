package dev.posthorn.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Builds the text and the HTML of a mail out of its parts, while the multiparts open and close.
final class BodyTree {

  /// What a part gives to read.
  record Body(Optional<String> text, Optional<String> html) {

    static final Body NONE = new Body(Optional.empty(), Optional.empty());

    static Body text(String text) {
      return new Body(Optional.of(text), Optional.empty());
    }

    static Body html(String html) {
      return new Body(Optional.empty(), Optional.of(html));
    }

    String readable() {
      return text.filter(t -> !t.isBlank()).or(() -> html.map(HtmlText::of)).orElse("");
    }

    @Override
    public String toString() {
      return "Body[text " + text.map(String::length) + ", html " + html.map(String::length) + "]";
    }
  }

  private record Level(String subtype, List<Body> bodies) {
  }

  private final Deque<Level> levels = new ArrayDeque<>();

  BodyTree() {
    open("mixed");
  }

  /// A `multipart/subtype` begins.
  void open(String subtype) {
    levels.push(new Level(subtype, new ArrayList<>()));
  }

  /// Whether something to read was found yet in the multipart that is open.
  boolean isEmptyHere() {
    return levels.element().bodies().isEmpty();
  }

  /// Whether something to read was found yet anywhere.
  boolean isEmpty() {
    return levels.stream().allMatch(l -> l.bodies().isEmpty());
  }

  void add(Body body) {
    levels.element().bodies().add(body);
  }

  /// The multipart ends; what it gives is one body of the multipart around it.
  void close() {
    Level ended = levels.pop();
    Body body = together(ended);
    if (!body.equals(Body.NONE)) {
      add(body);
    }
  }

  /// What the whole mail gives.
  Body result() {
    while (levels.size() > 1) {
      close();
    }
    return together(levels.element());
  }

  private static Body together(Level level) {
    return switch (level.bodies().size()) {
      case 0 -> Body.NONE;
      case 1 -> level.bodies().getFirst();
      default -> level.subtype().equals("alternative") ? best(level.bodies()) : joined(level.bodies());
    };
  }

  /// Of alternatives the last is the best (RFC 2046, section 5.1.4): the last HTML, and the last text with words in it.
  private static Body best(List<Body> bodies) {
    Optional<String> text = bodies.stream().flatMap(b -> b.text().stream())
        .filter(t -> !t.isBlank()).reduce((first, last) -> last);
    Optional<String> html = bodies.stream().flatMap(b -> b.html().stream()).reduce((first, last) -> last);
    return new Body(text, html);
  }

  /// Parts to be read one after the other. As soon as one is HTML, the others are shown as HTML too, each closed in itself:
  /// none of them reaches into its neighbour.
  private static Body joined(List<Body> bodies) {
    String text = String.join("\n", bodies.stream().map(Body::readable).toList());
    if (bodies.stream().noneMatch(b -> b.html().isPresent())) {
      return Body.text(text);
    }
    StringBuilder html = new StringBuilder();
    for (Body body : bodies) {
      html.append(body.html().map(HtmlParts::closed).orElseGet(() -> asHtml(body.text().orElse("")))).append('\n');
    }
    return new Body(Optional.of(text), Optional.of(html.toString()));
  }

  private static String asHtml(String text) {
    return "<div style=\"white-space: pre-wrap\">"
        + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</div>";
  }
}
