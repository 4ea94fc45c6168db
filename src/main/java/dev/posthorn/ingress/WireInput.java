package dev.posthorn.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/// The octets that a client sends, and the only buffer between it and us: since nobody else reads ahead, it is known at
/// every moment what the client has sent too early (RFC 3207 5, RFC 2920 3.1). Not for several threads.
final class WireInput {

  private final byte[] buffer = new byte[8192];
  private int next;
  private int end;
  private Socket socket;
  private InputStream source;

  WireInput(Socket socket) throws IOException {
    readFrom(socket);
  }

  /// Goes on with another socket, the one inside TLS.
  void readFrom(Socket socket) throws IOException {
    this.socket = socket;
    this.source = socket.getInputStream();
  }

  /// The moment (of `System.nanoTime`) that lies so far ahead.
  static long in(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }

  /// Octets that were received and not yet asked for.
  int waiting() {
    return end - next;
  }

  /// One line including its LF.
  ///
  /// @return null at the end of the stream; a line without LF, `max` octets of it, when it is longer
  /// @throws SocketTimeoutException the line was not whole in time
  byte[] line(int max, long deadline) throws IOException {
    int seen = 0;
    while (true) {
      for (; seen < waiting(); seen++) {
        if (buffer[next + seen] == '\n' || seen + 1 == max) return take(seen + 1);
      }
      if (!fill(deadline)) return null;
    }
  }

  /// Exactly so many octets.
  ///
  /// @throws EOFException the stream ended before
  byte[] exactly(int count, long deadline) throws IOException {
    var octets = new byte[count];
    for (int got = 0; got < count; ) {
      if (waiting() == 0 && !fill(deadline)) throw new EOFException();
      var part = Math.min(count - got, waiting());
      System.arraycopy(buffer, next, octets, got, part);
      next += part;
      got += part;
    }
    return octets;
  }

  /// One octet, or -1 at the end of the stream.
  int octet(long deadline) throws IOException {
    return next < end || fill(deadline) ? buffer[next++] & 0xff : -1;
  }

  /// Forgets what was received.
  void skipWaiting() {
    next = end;
  }

  private byte[] take(int count) {
    next += count;
    return Arrays.copyOfRange(buffer, next - count, next);
  }

  private boolean fill(long deadline) throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, waiting());
      end = waiting();
      next = 0;
    }
    var left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) throw new SocketTimeoutException();
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    var got = source.read(buffer, end, buffer.length - end);
    if (got > 0) end += got;
    return got > 0;
  }
}
