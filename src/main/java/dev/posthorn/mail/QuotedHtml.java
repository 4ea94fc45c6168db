package dev.posthorn.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.owasp.html.HtmlStreamEventReceiver;

/// Finds what is quoted in the HTML of a mail by the marks that mail programs put there, and makes text of the rest: each
/// quote is one line `> …` in it, signatures are left out.
///
/// Known are the marks of Gmail, Outlook (desktop, web, mobile), Apple Mail, Thunderbird, Yahoo, Proton, Roundcube and
/// whoever follows them with `<blockquote type="cite">`. One pass over the tags, with a counter and no tree.
final class QuotedHtml implements HtmlStreamEventReceiver {

  /// From here on everything is old.
  private static final Set<String> ENDS_BY_ID = Set.of("divrplyfwdmsg", "appendonsend", "stopspelling",
      "outlookmessageheader", "mail-editor-reference-message-container", "reply-intro", "isforwardcontent",
      "isreplycontent", "orimsghtmlseperator");
  private static final Set<String> ENDS_BY_CLASS = Set.of("outlookmessageheader", "moz-forward-container",
      "moz-email-headers-table", "ms-outlook-mobile-reference-message");

  /// What is inside is old.
  private static final Set<String> QUOTES_BY_CLASS = Set.of("moz-cite-prefix", "protonmail_quote", "zmail_extra",
      "tutanota_quote", "freebirdfxquotedcontent");

  /// What is inside is signature.
  private static final Set<String> SIGNATURES = Set.of("gmail_signature", "gmail_signature_prefix", "moz-signature",
      "signature", "applemailsignature", "ms-outlook-mobile-signature", "yahoo_signature", "k9mail-signature",
      "protonmail_signature_block", "mobile-signature");

  /// Outlook for the desktop draws a line above the header of what it answers, in one of these colours.
  private static final List<String> OUTLOOK_LINES = List.of("border-top:solid#e1e1e1", "border-top:solid#b5c4df");
  /// And one to the left of it, where it is told to.
  private static final String OUTLOOK_INDENT = "border-left:solidblue1.5pt";

  private enum Inside {NEW, QUOTE, ATTRIBUTION, SIGNATURE, THE_END}

  private final HtmlStreamEventReceiver inner;
  private Inside where = Inside.NEW;
  private String element = "";
  private int open;
  private final StringBuilder attribution = new StringBuilder();
  private boolean marked;

  private QuotedHtml(HtmlStreamEventReceiver inner) {
    this.inner = inner;
  }

  /// The text without what is marked; empty if nothing is.
  static Optional<String> read(String html) {
    List<QuotedHtml> filter = new ArrayList<>();
    String text = HtmlText.of(html, writer -> {
      filter.add(new QuotedHtml(writer));
      return filter.getFirst();
    });
    return filter.getFirst().marked ? Optional.of(text) : Optional.empty();
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
    switch (where) {
      case NEW -> {
        enter(name, attributes);
        if (where == Inside.NEW) {
          inner.openTag(name, attributes);
        }
      }
      case QUOTE, ATTRIBUTION, SIGNATURE -> open += name.equals(element) ? 1 : 0;
      case THE_END -> {
        // old to the end
      }
    }
  }

  @Override
  public void closeTag(String name) {
    switch (where) {
      case NEW -> inner.closeTag(name);
      case QUOTE, ATTRIBUTION, SIGNATURE -> {
        open -= name.equals(element) ? 1 : 0;
        if (open == 0) {
          leave();
        }
      }
      case THE_END -> {
        // old to the end
      }
    }
  }

  @Override
  public void text(String text) {
    if (where == Inside.NEW) {
      inner.text(text);
    } else if (where == Inside.ATTRIBUTION && attribution.length() < 200) {
      attribution.append(text);
    }
  }

  private void enter(String name, List<String> attributes) {
    Inside next = kind(name, attributes);
    if (next == Inside.NEW) {
      return;
    }
    marked = true;
    if (HtmlGuard.VOID.contains(name) && next != Inside.THE_END) {
      return;
    }
    where = next;
    element = name;
    open = 1;
    attribution.setLength(0);
    if (next == Inside.QUOTE || next == Inside.THE_END) {
      writeQuote();
    }
  }

  /// Gmail's line above what it forwards has dashes in every language; all below it is forwarded.
  private void leave() {
    boolean forwarded = where == Inside.ATTRIBUTION && attribution.indexOf("-----") >= 0;
    if (where == Inside.ATTRIBUTION) {
      writeQuote();
    }
    where = forwarded ? Inside.THE_END : Inside.NEW;
  }

  private void writeQuote() {
    inner.openTag("blockquote", new ArrayList<>());
    inner.text("…");
    inner.closeTag("blockquote");
  }

  private static Inside kind(String name, List<String> attributes) {
    String id = HtmlText.attribute(attributes, "id").toLowerCase(Locale.ROOT);
    List<String> classes = List.of(HtmlText.attribute(attributes, "class").toLowerCase(Locale.ROOT).split("\\s+"));
    if (ENDS_BY_ID.contains(id) || classes.stream().anyMatch(ENDS_BY_CLASS::contains)) {
      return Inside.THE_END;
    }
    if (classes.contains("gmail_attr")) {
      return Inside.ATTRIBUTION;
    }
    if (SIGNATURES.contains(id) || classes.stream().anyMatch(SIGNATURES::contains)) {
      return Inside.SIGNATURE;
    }
    boolean cited = name.equals("blockquote")
        && (HtmlText.attribute(attributes, "type").equalsIgnoreCase("cite") || classes.contains("gmail_quote"));
    // Yahoo puts random letters before its words.
    boolean yahoo = classes.stream().anyMatch(c -> c.endsWith("yahoo_quoted")) || id.startsWith("yahoo_quoted");
    boolean spark = HtmlText.attribute(attributes, "name").equals("messageReplySection");
    if (cited || yahoo || spark || classes.stream().anyMatch(QUOTES_BY_CLASS::contains)) {
      return Inside.QUOTE;
    }
    return name.equals("div") ? byStyle(HtmlText.attribute(attributes, "style")) : Inside.NEW;
  }

  private static Inside byStyle(String style) {
    if (style.length() > 500 || !style.contains("solid")) {
      return Inside.NEW;
    }
    String plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
    if (OUTLOOK_LINES.stream().anyMatch(plain::contains)) {
      return Inside.THE_END;
    }
    return plain.contains(OUTLOOK_INDENT) ? Inside.QUOTE : Inside.NEW;
  }
}
