package dev.posthorn.mail;

import java.time.Duration;

/// How much of a mail is looked at. What is beyond is kept, but not taken apart.
///
/// Almost all are counted in bytes and parts: every step is linear in what it reads, so that the same mail gives the same
/// records on any machine. The time is there for what nobody thought of.
///
/// @param parts       parts of the whole mail, those of attached mails included
/// @param depth       multiparts and attached mails inside each other
/// @param headers     header fields kept of one header
/// @param fieldBytes  bytes kept of one header field
/// @param headerBytes bytes kept of one header
/// @param partBytes   bytes of one decoded part
/// @param totalBytes  bytes of all decoded parts, from which on attached mails are not looked into
/// @param textBytes   bytes of all parts that are shown as text or HTML
/// @param memoryBytes bytes of decoded parts held in memory; the others go to a temporary file
/// @param time        after which no further part is looked at
public record MailLimits(int parts, int depth, int headers, int fieldBytes, int headerBytes,
             long partBytes, long totalBytes, int textBytes, int memoryBytes, Duration time) {

  /// Far above what ordinary mail needs.
  public static final MailLimits DEFAULT = new MailLimits(1_000, 50, 1_000, 64 << 10, 512 << 10,
      256L << 20, 512L << 20, 2 << 20, 1 << 20, Duration.ofSeconds(30));

  /// @throws IllegalArgumentException if one of them is not positive
  public MailLimits {
    long least = Math.min(Math.min(Math.min(parts, depth), Math.min(headers, fieldBytes)),
        Math.min(Math.min(headerBytes, partBytes), Math.min(Math.min(totalBytes, textBytes), memoryBytes)));
    if (least < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }
}
