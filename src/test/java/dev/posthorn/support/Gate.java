package dev.posthorn.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP gate in front of a server: open it passes everything on, cut it resets what is open and whoever comes, stalled it
/// keeps every connection and passes nothing on, as a network does that has lost a cable.
public final class Gate implements AutoCloseable {
  private enum State {
    OPEN,
    CUT,
    STALLED
  }

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
  private State state = State.OPEN;

  private Gate(int port, int target) {
    this.target = target;
    try {
      door = new ServerSocket(port, 200, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::receive);
  }

  /// An open one in front of a port of 127.0.0.1.
  public static Gate before(int port) {
    return new Gate(0, port);
  }

  /// An open one at a port that somebody was told of before.
  public static Gate at(int port, int target) {
    return new Gate(port, target);
  }

  public int port() {
    return door.getLocalPort();
  }

  public synchronized void open() {
    state = State.OPEN;
    notifyAll();
  }

  public synchronized void stall() {
    state = State.STALLED;
  }

  public synchronized void cut() {
    state = State.CUT;
    notifyAll();
    passing.forEach(Gate::reset);
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
    passing.add(visitor);
    try (visitor; var server = new Socket("127.0.0.1", target)) {
      passing.add(server);
      if (waitUntilOpen()) {
        var back = Thread.ofVirtual().start(() -> pass(server, visitor));
        pass(visitor, server);
        back.join();
      } else {
        reset(visitor);
      }
      passing.remove(server);
    } catch (IOException e) {
      // One of them is gone: so is the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      passing.remove(visitor);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // As above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void copy(InputStream from, OutputStream to) throws IOException, InterruptedException {
    var block = new byte[16_384];
    for (int length; (length = from.read(block)) >= 0 && waitUntilOpen(); ) {
      to.write(block, 0, length);
    }
  }

  /// @return false if it is cut instead
  private synchronized boolean waitUntilOpen() throws InterruptedException {
    while (state == State.STALLED) {
      wait();
    }
    return state == State.OPEN;
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  @Override
  public void close() {
    cut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
