package dev.posthorn.ingress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One client's connection, in the shape of a socket, because that is the seam at which the SMTP library lets us stand
/// between it and the network. The library reads commands from [CommandLines] and nothing else; DATA, the PROXY header and
/// TLS are read from [WireInput] directly; each answer goes through [#reply].
final class Connection extends Socket {

  /// Who may speak: the session works, or waits for a command, or the talk is over. Stopping takes a waiting session over.
  private enum Phase { WORKING, WAITING, OVER }

  private final Socket wire;
  private final SmtpConfig config;
  private final Connections connections;
  private final WireInput input;
  private final InputStream commands;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);
  private volatile Socket current;
  private volatile long abandonAt = Long.MAX_VALUE;
  private volatile boolean linger;
  private volatile boolean closed;
  private int errors;
  private int idleCommands;

  Connection(Socket wire, SmtpConfig config, Connections connections) throws IOException {
    this.wire = wire;
    this.config = config;
    this.connections = connections;
    this.current = wire;
    this.input = new WireInput(wire);
    this.commands = new CommandLines(this, config);
    wire.setTcpNoDelay(true);
  }

  WireInput input() {
    return input;
  }

  /// Answers the client. A 5xx is counted as its error.
  ///
  /// @param text the enhanced status code (RFC 3463) and words; never anything that the client sent
  void reply(int code, String text) throws IOException {
    if (code >= 500) errors++;
    send(code + " " + text + "\r\n");
  }

  /// Answers in several lines (RFC 5321 4.2.1).
  void reply(int code, Iterable<String> lines) throws IOException {
    var answer = new StringBuilder();
    var all = lines.iterator();
    while (all.hasNext()) {
      var line = all.next();
      answer.append(code).append(all.hasNext() ? '-' : ' ').append(line).append("\r\n");
    }
    send(answer.toString());
  }

  /// A command that carries nothing forward: beyond a number of them each one counts as an error.
  void countIdleCommand() {
    if (++idleCommands > config.maxIdleCommands()) errors++;
  }

  /// A mail was stored: this client means well.
  void forgive() {
    errors = 0;
    idleCommands = 0;
  }

  /// The session is about to wait for a command.
  ///
  /// @return false: there is nothing more to wait for, and the client has been told why
  boolean beginWaiting() throws IOException {
    if (phase.get() == Phase.OVER) return false;
    if (errors >= config.maxErrors()) return end("4.7.0 Too many errors");
    phase.set(Phase.WAITING);
    // Stopping looks at the phase after raising its flag, this looks at the flag after setting the phase: one of them sees.
    if (connections.stopping() && phase.compareAndSet(Phase.WAITING, Phase.WORKING)) return end(Connections.STOPPING);
    return phase.get() == Phase.WAITING;
  }

  /// @return false: while the session waited, the connection was closed by the one who stops
  boolean endWaiting() {
    return phase.compareAndSet(Phase.WAITING, Phase.WORKING);
  }

  /// Says 421 and ends the talk; the library then sees the end of the stream and closes.
  ///
  /// @return false always, for `return end(…)`
  boolean end(String why) throws IOException {
    hangUp();
    lingerOnClose();
    reply(421, why);
    return false;
  }

  /// Ends the talk without another word.
  void hangUp() {
    phase.set(Phase.OVER);
  }

  /// The client may be still sending: closing at once would reset the connection, and it might never read our last answer.
  void lingerOnClose() {
    linger = true;
  }

  /// From another thread: closes the connection if its session only waits for a command.
  void stopWaiting() {
    if (!phase.compareAndSet(Phase.WAITING, Phase.OVER)) return;
    try {
      reply(421, Connections.STOPPING);
      current.shutdownOutput();
    } catch (IOException gone) {
      // It went by itself.
    } finally {
      abandon();
    }
  }

  /// STARTTLS: from here on the client's words come through TLS.
  ///
  /// @throws IOException the handshake failed; the connection is of no further use
  void startTls(SSLSocketFactory factory) throws IOException {
    var secured = (SSLSocket) factory.createSocket(wire, null, wire.getPort(), true);
    secured.setUseClientMode(false);
    within(config.idleTimeout(), secured::startHandshake);
    current = secured;
    input.readFrom(secured);
  }

  boolean isSecured() {
    return current != wire;
  }

  /// From another thread: a write or handshake that the client does not let come to its end is cut off.
  void abandonIfOverdue() {
    if (abandonAt != Long.MAX_VALUE && abandonAt - System.nanoTime() < 0) abandon();
  }

  /// Closes hard, which wakes whoever reads or writes.
  void abandon() {
    try {
      wire.close();
    } catch (IOException ignored) {
      // Closed is what it was to be.
    }
  }

  private void send(String answer) throws IOException {
    var octets = answer.getBytes(StandardCharsets.UTF_8);
    within(config.idleTimeout(), () -> current.getOutputStream().write(octets));
  }

  private void within(Duration limit, Io work) throws IOException {
    abandonAt = WireInput.in(limit);
    try {
      work.run();
    } finally {
      abandonAt = Long.MAX_VALUE;
    }
  }

  private interface Io {
    void run() throws IOException;
  }

  /// Reads away, for a moment, what the client still sends, so that it gets our last answer and not a reset.
  private void linger() throws IOException {
    current.shutdownOutput();
    var until = WireInput.in(config.linger());
    var rest = new WireInput(wire);
    while (rest.octet(until) >= 0) rest.skipWaiting();
  }

  @Override
  public InputStream getInputStream() {
    return commands;
  }

  /// For the few words of the library itself: the greeting and its refusals.
  @Override
  public OutputStream getOutputStream() {
    return new FilterOutputStream(OutputStream.nullOutputStream()) {
      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        within(config.idleTimeout(), () -> current.getOutputStream().write(octets, offset, length));
      }

      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }
    };
  }

  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    try {
      if (linger && !wire.isClosed()) linger();
    } catch (IOException gone) {
      // Then there is nobody to wait for.
    } finally {
      within(config.idleTimeout(), current::close);
      wire.close();
      connections.left(this);
    }
  }

  /// Whether [#close()] was called; a wire that was cut is not enough, since the library closes only what is open.
  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isBound() {
    return wire.isBound();
  }

  @Override
  public boolean isConnected() {
    return wire.isConnected();
  }

  @Override
  public InetAddress getInetAddress() {
    return wire.getInetAddress();
  }

  @Override
  public int getPort() {
    return wire.getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return wire.getRemoteSocketAddress();
  }

  /// Each read has its own time; the library's single one would undo it.
  @Override
  public void setSoTimeout(int milliseconds) {}
}
