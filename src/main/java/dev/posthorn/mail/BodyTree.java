package dev.posthorn.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Builds the text and the HTML of a mail out of its parts, while the multiparts open and close. What stands inside a
/// part that is opened later (a signed envelope) has its place kept for it.
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

  private sealed interface Node permits Leaf, Multipart, Place {
  }

  private record Leaf(Body body) implements Node {
  }

  private record Place(BodyTree tree) implements Node {
  }

  private static final class Multipart implements Node {

    private final String subtype;
    private final List<Node> parts = new ArrayList<>();
    private boolean empty = true;

    Multipart(String subtype) {
      this.subtype = subtype;
    }
  }

  private final Multipart root = new Multipart("mixed");
  private final Deque<Multipart> open = new ArrayDeque<>(List.of(root));
  private Body offered = Body.NONE;

  /// A `multipart/subtype` begins.
  void open(String subtype) {
    Multipart begun = new Multipart(subtype);
    open.element().parts.add(begun);
    open.push(begun);
  }

  /// The multipart ends.
  void close() {
    open.pop();
  }

  /// Whether something to read was found yet in the multipart that is open.
  boolean isEmptyHere() {
    return open.element().empty;
  }

  /// Whether something to read was found yet anywhere.
  boolean isEmpty() {
    return root.empty;
  }

  void add(Body body) {
    open.element().parts.add(new Leaf(body));
    open.forEach(multipart -> multipart.empty = false);
  }

  /// Keeps a place here for what is read later.
  BodyTree later() {
    BodyTree tree = new BodyTree();
    open.element().parts.add(new Place(tree));
    return tree;
  }

  /// Gives another form of what the whole mail says: taken where the parts give none of that kind.
  void offer(Body body) {
    offered = new Body(offered.text().or(body::text), offered.html().or(body::html));
  }

  /// What the whole mail gives.
  Body result() {
    Body read = resolve(root);
    if (!offered.equals(Body.NONE) && read.readable().isBlank()) {
      return offered;
    }
    return new Body(read.text(), read.html().or(offered::html));
  }

  /// As deep as multiparts may be inside each other.
  private static Body resolve(Node node) {
    return switch (node) {
      case Leaf(Body body) -> body;
      case Place(BodyTree tree) -> tree.result();
      case Multipart multipart -> together(multipart);
    };
  }

  private static Body together(Multipart multipart) {
    List<Body> bodies = multipart.parts.stream().map(BodyTree::resolve).filter(b -> !b.equals(Body.NONE)).toList();
    return switch (bodies.size()) {
      case 0 -> Body.NONE;
      case 1 -> bodies.getFirst();
      default -> multipart.subtype.equals("alternative") ? best(bodies) : joined(bodies);
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
