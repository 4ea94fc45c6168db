package dev.posthorn.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Writes small mails for tests: headers in order, then the body, with CRLF line ends.
public final class SampleMail {
  private final List<String> lines = new ArrayList<>();
  private String body = "Hello,\nit does not work.\n";

  public static SampleMail from(String from) {
    return new SampleMail().header("From", from).header("Message-ID", "<" + UUID.randomUUID() + "@customer.example>")
        .header("Date", "Sun, 22 Nov 2026 10:00:00 +0000");
  }

  /// Replaces the header if it is there.
  public SampleMail header(String name, String value) {
    lines.removeIf(line -> line.startsWith(name + ":"));
    lines.add(name + ": " + value);
    return this;
  }

  public SampleMail subject(String subject) {
    return header("Subject", subject);
  }

  public SampleMail to(String to) {
    return header("To", to);
  }

  public SampleMail id(String messageId) {
    return header("Message-ID", "<" + messageId + ">");
  }

  public SampleMail body(String text) {
    body = text;
    return this;
  }

  public byte[] bytes() {
    var text = String.join("\n", lines) + "\n\n" + body;
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
