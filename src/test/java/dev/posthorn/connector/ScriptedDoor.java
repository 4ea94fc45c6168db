package dev.posthorn.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A port of 127.0.0.1 where visitors are let in, each on a thread of its own, counted, and sent away.
final class ScriptedDoor implements AutoCloseable {
  /// How somebody is served.
  interface Visit {
    void with(Socket visitor) throws IOException;
  }

  private final ServerSocket door;
  private final Visit visit;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /// @param waiting how many may wait to be let in
  ScriptedDoor(int waiting, Visit visit) {
    this.visit = visit;
    try {
      door = new ServerSocket(0, waiting, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void open() {
    Thread.ofVirtual().start(this::receive);
  }

  int port() {
    return door.getLocalPort();
  }

  /// How many were ever let in.
  int connections() {
    return connections.get();
  }

  /// How many are there now.
  int openConnections() {
    return open.size();
  }

  /// Resets every open connection, as a server does that is restarted.
  void dropAll() {
    open.forEach(ScriptedDoor::reset);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dropAll();
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        var socket = door.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      visit.with(socket);
    } catch (IOException e) {
      // The visitor is gone, or was sent away.
    } finally {
      open.remove(socket);
    }
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }
}
