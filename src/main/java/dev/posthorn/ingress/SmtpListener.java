package dev.posthorn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.subethamail.smtp.internal.proxy.ProxyHandler;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/// Takes in mail by SMTP (RFC 5321) for the forwarding addresses.
///
/// A recipient that is not ours is refused at RCPT with 550; 250 after the final dot is said only when the mail is stored
/// for good; whatever fails on our side is a 4xx, so that the sender keeps the mail and comes again.
@ApplicationScoped
public class SmtpListener {

  private static final Logger LOG = Logger.getLogger(SmtpListener.class);

  /// Connections beyond the limit that the library keeps open, long enough to be told why they are not served.
  private static final int BEYOND = 20;

  private final SmtpConfig config;
  private final Reception reception;
  private final SmtpMetrics metrics;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Connections connections;
  private volatile ListeningSocket socket;
  private volatile SMTPServer server;

  SmtpListener(SmtpConfig config, Reception reception, MeterRegistry registry, Clock clock) {
    this.config = config;
    this.reception = reception;
    this.metrics = new SmtpMetrics(registry);
    this.clock = clock;
  }

  /// Last of all: who is let in must find everything there.
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
    if (config.enabled()) start();
  }

  /// First of all: a mail that is being taken in needs everything still.
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    stop();
  }

  /// The port that is listened on.
  ///
  /// @throws IllegalStateException nothing is listened on
  public int port() {
    if (server == null) throw new IllegalStateException("The SMTP listener does not run");
    return socket.getLocalPort();
  }

  /// Whether somebody who connects now is let in.
  boolean isOpen() {
    return server != null && !socket.isClosed();
  }

  /// Listens from here on. Once only.
  ///
  /// @throws ConfigurationException in one line: the port is taken, or the certificate unusable
  synchronized void start() {
    try {
      connections = new Connections(config, metrics);
      socket = new ListeningSocket(connections);
      var starting = server(Certificates.of(config.tls()));
      listen(starting);
      server = starting;
    } catch (BindException taken) {
      throw new ConfigurationException("The SMTP listener cannot start on posthorn.smtp.host " + config.host()
          + " with posthorn.smtp.port " + config.port() + ": " + taken.getMessage());
    } catch (IOException trouble) {
      throw new ConfigurationException("The SMTP listener cannot start: " + trouble.getMessage());
    }
    Thread.ofVirtual().name("smtp-sweep").start(() -> sweep(config.idleTimeout().dividedBy(10)));
    LOG.infof("SMTP on %s port %d", config.host(), socket.getLocalPort());
  }

  /// Listens no more, tells the idle sessions 421 and lets the others come to the end of their mail, for as long as
  /// `shutdown-grace` allows; then everything is closed. An interrupted mail was not acknowledged: its sender has it still.
  synchronized void stop() {
    if (server == null) return;
    try {
      socket.listenNoMore();
      if (!connections.drain(config.shutdownGrace())) {
        LOG.warn("Some SMTP sessions did not come to an end in time; they are cut off");
      }
    } catch (IOException trouble) {
      LOG.warn("The SMTP port did not close", trouble);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    connections.abandonAll();
    server.stop();
    server = null;
    stopped.countDown();
  }

  private SMTPServer server(Optional<Certificates> certificates) throws IOException {
    var built = SMTPServer.port(config.port())
        .bindAddress(InetAddress.getByName(config.host()))
        .hostName(config.hostname())
        .softwareName("Posthorn")
        .serverSocketFactory(() -> socket)
        .executorService(new SessionThreads(config.shutdownGrace()))
        .maxConnections(config.maxConnections() + BEYOND)
        .sessionHandler(connections)
        .proxyHandler(config.proxyProtocol() ? new ProxyHeader(config) : ProxyHandler.NOP)
        .messageHandlerFactory(context -> new Transaction(config, reception, metrics, clock, (Session) context))
        .build();
    new SmtpVerbs(config, certificates, metrics).teach(built.getCommandHandler());
    return built;
  }

  /// The library hides why the port could not be taken.
  private static void listen(SMTPServer server) throws IOException {
    try {
      server.start();
    } catch (RuntimeException hidden) {
      throw hidden.getCause() instanceof IOException trouble ? trouble : new IOException(hidden);
    }
  }

  private void sweep(Duration pause) {
    try {
      while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) connections.sweep();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
