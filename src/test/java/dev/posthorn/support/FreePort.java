package dev.posthorn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port of 127.0.0.1 for a server that starts later. It is below those that systems give to whoever does not mind which (from 32768 on
/// Linux, from 49152 elsewhere, RFC 6335, section 6), so that no connection and no other server of a test gets it meanwhile by chance.
public final class FreePort {
  private static final int FIRST = 16_384;
  private static final int END = 32_768;

  private FreePort() {}

  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody listens there: another one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
