package dev.posthorn.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// What the library's command loop reads: one whole, well-formed command line at a time, of a verb that exists here.
/// Everything else is answered before it gets that far. Since never more than one line is handed out, the library's own
/// buffer is empty whenever a command runs.
final class CommandLines extends InputStream {

  /// Somebody speaks another protocol at us, or is made to (cross-protocol attacks from a browser): not another word is read.
  private static final Set<String> OTHER_PROTOCOLS =
      Set.of("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PRI");

  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final SmtpConfig config;
  private byte[] line = NOTHING;
  private int next;

  CommandLines(Connection connection, SmtpConfig config) {
    this.connection = connection;
    this.config = config;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @return -1 when the talk is over, for whatever reason; the client has been told, if it still listens
  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (next == line.length) {
      line = nextGoodLine();
      next = 0;
    }
    if (line.length == 0) return -1;
    var given = Math.min(length, line.length - next);
    System.arraycopy(line, next, into, offset, given);
    next += given;
    return given;
  }

  private byte[] nextGoodLine() {
    try {
      while (connection.beginWaiting()) {
        var candidate = nextLine();
        if (!connection.endWaiting() || candidate == null) break;
        if (isGood(candidate)) return candidate;
      }
    } catch (IOException gone) {
      // Most clients that leave without QUIT just hang up; there is nobody to answer to.
    }
    connection.hangUp();
    return NOTHING;
  }

  private byte[] nextLine() throws IOException {
    try {
      return connection.input().line(config.maxLineBytes(), WireInput.in(config.idleTimeout()));
    } catch (SocketTimeoutException idle) {
      if (connection.endWaiting()) connection.end("4.4.2 Idle for too long");
      return null;
    }
  }

  /// Answers a line that is no command of ours (RFC 5321 4.2.4, 4.5.3.1.9).
  private boolean isGood(byte[] candidate) throws IOException {
    if (candidate[candidate.length - 1] != '\n') return refuseForGood("5.5.2 Line too long");
    var end = candidate.length - 2;
    // A bare CR or LF in a command is an attempt to make two servers see two things (RFC 5321 2.3.8).
    if (end < 0 || candidate[end] != '\r') return refuseForGood("5.5.2 Lines end with CRLF");
    for (int i = 0; i < end; i++) {
      if (candidate[i] == '\r') return refuseForGood("5.5.2 Lines end with CRLF");
      if (candidate[i] >= 0 && candidate[i] < ' ' && candidate[i] != '\t' || candidate[i] == 127) {
        return refuse("5.5.2 Control characters do not belong in a command");
      }
    }
    var verb = verb(candidate, end);
    if (OTHER_PROTOCOLS.contains(verb)) return refuseForGood("5.5.1 This is SMTP");
    if (!SmtpVerbs.NAMES.contains(verb)) return refuse("5.5.2 Command not recognised");
    if (!isUtf8(candidate)) return refuse("5.5.2 Not UTF-8");
    return true;
  }

  private static String verb(byte[] candidate, int end) {
    int length = 0;
    while (length < end && candidate[length] != ' ' && candidate[length] != '\t') length++;
    return new String(candidate, 0, length, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
  }

  private static boolean isUtf8(byte[] candidate) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(candidate));
      return true;
    } catch (CharacterCodingException wrong) {
      return false;
    }
  }

  private boolean refuse(String text) throws IOException {
    connection.reply(500, text);
    return false;
  }

  private boolean refuseForGood(String text) throws IOException {
    connection.hangUp();
    connection.lingerOnClose();
    return refuse(text);
  }
}
