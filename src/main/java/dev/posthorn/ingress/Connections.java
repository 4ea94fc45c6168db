package dev.posthorn.ingress;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/// All connections of the listener: how many there may be, and how they end when it stops.
final class Connections implements SessionHandler {

  static final String STOPPING = "4.3.2 Stopping, come again";

  private final SmtpConfig config;
  private final SmtpMetrics metrics;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Map<Object, Integer> byAddress = new ConcurrentHashMap<>();
  private final Map<Session, Object> admitted = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile boolean stopping;

  Connections(SmtpConfig config, SmtpMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
    metrics.watch(sessions);
  }

  Connection arrived(Socket wire) throws IOException {
    var connection = new Connection(wire, config, this);
    open.add(connection);
    return connection;
  }

  synchronized void left(Connection connection) {
    open.remove(connection);
    notifyAll();
  }

  boolean stopping() {
    return stopping;
  }

  /// Behind a balancer the client is known only now, after the PROXY header.
  @Override
  public SessionAcceptance accept(Session session) {
    if (sessions.incrementAndGet() > config.maxConnections()) {
      sessions.decrementAndGet();
      return refuse(session, "4.3.2 Too many connections, come again");
    }
    var client = client(session.getRemoteAddress().getAddress());
    var most = config.maxConnectionsPerAddress();
    var mine = byAddress.merge(client, 1, Integer::sum);
    if (most > 0 && mine > most) {
      forget(client);
      return refuse(session, "4.7.0 Too many connections from your address, come again");
    }
    admitted.put(session, client);
    metrics.session("accepted");
    return SessionAcceptance.success();
  }

  @Override
  public void onSessionEnd(Session session) {
    var client = admitted.remove(session);
    if (client != null) forget(client);
  }

  /// Cuts off those who keep us writing.
  void sweep() {
    open.forEach(Connection::abandonIfOverdue);
  }

  /// Ends the sessions that only wait, and lets those that receive or store a mail come to the end of it.
  ///
  /// @return whether all are gone; the others are still open
  synchronized boolean drain(Duration grace) throws InterruptedException {
    stopping = true;
    open.forEach(Connection::stopWaiting);
    var until = WireInput.in(grace);
    while (!open.isEmpty()) {
      var left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }

  /// Closes what is still open, hard.
  void abandonAll() {
    open.forEach(Connection::abandon);
  }

  private SessionAcceptance refuse(Session session, String why) {
    metrics.session("refused");
    ((Connection) session.getSocket()).lingerOnClose();
    return SessionAcceptance.failure(421, why);
  }

  private void forget(Object client) {
    sessions.decrementAndGet();
    byAddress.computeIfPresent(client, (key, count) -> count > 1 ? count - 1 : null);
  }

  /// Whoever has one IPv6 address has its /64, too.
  private static Object client(InetAddress address) {
    return address instanceof Inet6Address six
        ? ByteBuffer.wrap(Arrays.copyOf(six.getAddress(), 8))
        : address;
  }
}
