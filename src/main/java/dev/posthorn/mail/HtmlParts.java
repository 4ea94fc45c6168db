package dev.posthorn.mail;

import java.util.List;
import org.owasp.html.Handler;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamRenderer;

/// Closes what a part of a mail left open, so that nothing of the next part ends up inside of it: an attribute, a comment or
/// a style that begins in one part and swallows the text of its neighbour is how encrypted mail was made to send itself to
/// strangers (EFAIL, CVE-2017-17688). Nothing is judged here: that is for [HtmlSanitizer].
final class HtmlParts {

  private HtmlParts() {
  }

  /// The same HTML, well-formed for itself; of more than two million characters the first ones.
  static String closed(String html) {
    StringBuilder out = new StringBuilder(html.length());
    Rendering rendering = new Rendering(HtmlStreamRenderer.create(out, Handler.DO_NOTHING));
    org.owasp.html.HtmlSanitizer.sanitize(HtmlRules.bounded(html), rendering, HtmlGuard::new);
    return out.toString();
  }

  /// Elements whose content is not HTML, or that only end with the document, would swallow what follows.
  private static boolean isHtml(String element) {
    return switch (element) {
      case "plaintext", "script", "noscript", "noembed", "noframes", "iframe", "xmp", "textarea", "title", "svg", "math",
          "select", "template" -> false;
      default -> true;
    };
  }

  private record Rendering(HtmlStreamRenderer out) implements org.owasp.html.HtmlSanitizer.Policy, HtmlStreamEventReceiver {

    @Override
    public void openDocument() {
      out.openDocument();
    }

    @Override
    public void closeDocument() {
      out.closeDocument();
    }

    @Override
    public void openTag(String name, List<String> attributes) {
      if (isHtml(name)) {
        out.openTag(name, attributes);
      }
    }

    @Override
    public void closeTag(String name) {
      if (isHtml(name)) {
        out.closeTag(name);
      }
    }

    @Override
    public void text(String text) {
      out.text(text);
    }
  }
}
