package dev.posthorn.workbench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Shows kept mails as HTML. Everything of a mail is text here: it is escaped, and a mail's own HTML is not rendered.
final class SinkPage {

  private static final int RAW_SHOWN = 256 << 10;

  private static final String FRAME = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%s</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
      th { font-weight: 600; white-space: nowrap; }
      pre { background: #f6f6f4; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
      a { color: #0b57a4; }
      </style>
      </head>
      <body>
      %s
      </body>
      </html>
      """;

  private SinkPage() {
  }

  /// All of them, the newest first.
  static String list(List<SunkMail> mails) {
    var rows = new StringBuilder();
    for (var mail : mails) {
      rows.append("<tr><td><a href=\"/dev/mails/").append(mail.number()).append("\">").append(mail.number()).append("</a></td>")
          .append(cell(mail.receivedAt().toString())).append(cell(mail.from()))
          .append(cell(String.join(", ", mail.recipients())))
          .append("<td><a href=\"/dev/mails/").append(mail.number()).append("\">")
          .append(mail.subject().isBlank() ? "(no subject)" : escaped(mail.subject())).append("</a></td></tr>\n");
    }
    return FRAME.formatted("Mail that left", "<h1>Mail that left</h1>\n"
        + "<p>What Posthorn sent in this development run; the next start forgets it. <a href=\"/dev/mails.json\">JSON</a></p>\n"
        + (mails.isEmpty() ? "<p>Nothing yet.</p>" : "<table><tr><th>No.</th><th>At</th><th>From</th><th>Envelope to</th>"
        + "<th>Subject</th></tr>\n" + rows + "</table>"));
  }

  /// One of them.
  static String detail(SunkMail mail) {
    var body = new StringBuilder("<p><a href=\"/dev/mails\">All mails</a></p>\n<h1>")
        .append(mail.subject().isBlank() ? "(no subject)" : escaped(mail.subject())).append("</h1>\n<table>\n");
    row(body, "From", mail.from());
    row(body, "To", mail.to());
    row(body, "Cc", mail.cc());
    row(body, "Reply-To", mail.replyTo());
    row(body, "Envelope from", mail.envelopeFrom().isEmpty() ? "<>" : mail.envelopeFrom());
    row(body, "Envelope to", String.join(", ", mail.recipients()));
    row(body, "Received", mail.receivedAt().toString());
    row(body, "Message-ID", mail.messageId());
    row(body, "In-Reply-To", mail.inReplyTo());
    row(body, "References", mail.references());
    row(body, "Attachments", String.join(", ", mail.attachments()));
    body.append("</table>\n<h2>Text</h2>\n<pre>").append(escaped(mail.text())).append("</pre>\n")
        .append("<h2>Raw</h2>\n<p><a href=\"/dev/mails/").append(mail.number()).append("/raw\">All ").append(mail.size())
        .append(" octets</a></p>\n<pre>").append(escaped(rawText(mail))).append("</pre>");
    return FRAME.formatted(escaped(mail.subject()), body);
  }

  private static String rawText(SunkMail mail) {
    var shown = Math.min(mail.size(), RAW_SHOWN);
    return new String(mail.raw(), 0, shown, StandardCharsets.UTF_8) + (shown < mail.size() ? "\n…" : "");
  }

  private static void row(StringBuilder table, String name, String value) {
    if (!value.isEmpty()) {
      table.append("<tr><th>").append(name).append("</th>").append(cell(value)).append("</tr>\n");
    }
  }

  private static String cell(String value) {
    return "<td>" + escaped(value) + "</td>";
  }

  static String escaped(String text) {
    var safe = new StringBuilder(text.length() + 16);
    for (var i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(text.charAt(i));
      }
    }
    return safe.toString();
  }
}
