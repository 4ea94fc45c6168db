package dev.posthorn.ingress;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/// The socket that the library accepts from: it hands out each client as a [Connection].
final class ListeningSocket extends ServerSocket {

  private final Connections connections;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean deaf;

  ListeningSocket(Connections connections) throws IOException {
    this.connections = connections;
  }

  @Override
  public Socket accept() throws IOException {
    while (true) {
      var wire = hear();
      try {
        return connections.arrived(wire);
      } catch (IOException gone) {
        // It left before it was let in. Thrown from here, this would make the library pause for a second.
        wire.close();
      }
    }
  }

  /// Listens no more. The library goes on waiting in [#accept()] until it closes this itself, and its sessions live on.
  void listenNoMore() throws IOException {
    deaf = true;
    super.close();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    super.close();
  }

  private Socket hear() throws IOException {
    try {
      return super.accept();
    } catch (IOException end) {
      if (deaf) awaitClose();
      throw end;
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
