package dev.posthorn.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Stands before GreenMail, which answers `MAIL FROM:<>` with 250 and then knows no sender: the null sender (RFC 5321, section
/// 4.5.5) goes on as an address that says so. Everything else passes as it is.
final class NullSenders implements AutoCloseable {
  private static final String NULL = "MAIL FROM:<>";

  private final ServerSocket door;
  private final int target;

  private NullSenders(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::receive);
  }

  static NullSenders before(int port) {
    return new NullSenders(port);
  }

  int port() {
    return door.getLocalPort();
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        var visitor = door.accept();
        Thread.ofVirtual().start(() -> serve(visitor));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket visitor) {
    try (visitor; var server = new Socket("127.0.0.1", target)) {
      var back = Thread.ofVirtual().start(() -> answers(server, visitor));
      commands(visitor.getInputStream(), server.getOutputStream());
      server.shutdownOutput();
      back.join();
    } catch (IOException e) {
      // One of them is gone: so is the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answers(Socket server, Socket visitor) {
    try {
      server.getInputStream().transferTo(visitor.getOutputStream());
      visitor.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }

  /// GreenMail offers no PIPELINING, so a command comes alone.
  private static void commands(InputStream from, OutputStream to) throws IOException {
    var block = new byte[16_384];
    for (int length; (length = from.read(block)) >= 0; ) {
      var text = new String(block, 0, length, StandardCharsets.ISO_8859_1);
      to.write(text.startsWith(NULL) ? ("MAIL FROM:<null-sender@nobody.example>" + text.substring(NULL.length())).getBytes(StandardCharsets.ISO_8859_1)
          : Arrays.copyOf(block, length));
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
