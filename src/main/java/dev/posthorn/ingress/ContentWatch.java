package dev.posthorn.ingress;

import java.nio.charset.StandardCharsets;

/// Looks at the content of a mail as it passes: how long its lines are and how often it was received before.
/// Any LF ends a line here: lenient in counting, since nothing depends on it but these two limits.
final class ContentWatch {

  private static final byte[] RECEIVED = "received:".getBytes(StandardCharsets.US_ASCII);

  private final long maxLine;
  private final int maxReceived;
  private boolean header = true;
  private boolean blank = true;
  private int matched;
  private long line;
  private long longest;
  private int received;

  ContentWatch(long maxLine, int maxReceived) {
    this.maxLine = maxLine;
    this.maxReceived = maxReceived;
  }

  void see(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      line++;
      if (octets[i] == '\n') {
        endLine();
      } else if (header) {
        look(octets[i]);
      }
    }
    longest = Math.max(longest, line);
  }

  /// A line is longer than allowed.
  boolean lineTooLong() {
    return longest > maxLine;
  }

  /// The header has more `Received` fields than a mail collects on a sane way (RFC 5321 6.3).
  boolean looping() {
    return received > maxReceived;
  }

  private void endLine() {
    longest = Math.max(longest, line);
    header &= !blank;
    blank = true;
    matched = 0;
    line = 0;
  }

  private void look(byte octet) {
    if (octet != '\r') blank = false;
    if (matched < 0) return;
    if (matched < RECEIVED.length && Character.toLowerCase(octet) == RECEIVED[matched]) {
      if (++matched == RECEIVED.length) received++;
    } else {
      matched = -1;
    }
  }
}
