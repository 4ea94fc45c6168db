package dev.posthorn.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.TooMuchDataException;
import org.subethamail.smtp.server.SMTPServer;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// The relay of a development machine: an SMTP server on the loopback interface that takes every mail and passes none on.
/// What it took is read at `/dev/mails`.
@IfBuildProfile("dev")
@ApplicationScoped
public class RelaySink {

  private static final Logger LOG = Logger.getLogger(RelaySink.class);
  private static final int MAILS = 200;
  private static final long OCTETS = 256L << 20;
  private static final int OCTETS_OF_A_MAIL = 64 << 20;
  private static final int RECIPIENTS = 1000;

  private final SinkShelf shelf = new SinkShelf(MAILS, OCTETS, Clock.systemUTC());
  private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();
  private final SMTPServer server;

  @Inject
  RelaySink(@ConfigProperty(name = "posthorn.workbench.sink-port", defaultValue = "2526") int port) {
    server = SMTPServer.port(port).bindAddress(InetAddress.getLoopbackAddress()).hostName("sink.posthorn.localhost")
        .softwareName("Posthorn").maxMessageSize(OCTETS_OF_A_MAIL).maxRecipients(RECIPIENTS).insertReceivedHeaders(false)
        .executorService(visitors).serverThreadName("relay-sink")
        .messageHandlerFactory(_ -> new Visit()).build();
  }

  void start(@Observes StartupEvent started) {
    start();
    LOG.infof("Mail that leaves is kept here: /dev/mails (SMTP on 127.0.0.1:%d)", server.getPortAllocated());
  }

  /// Listens.
  ///
  /// @throws ConfigurationException if the port is taken
  void start() {
    try {
      server.start();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof BindException) {
        throw new ConfigurationException("Port " + server.getPort()
            + " is taken: set posthorn.workbench.sink-port to a free one for the development relay.", e);
      }
      throw e;
    }
  }

  @PreDestroy
  void stop() {
    server.stop();
    visitors.shutdownNow();
  }

  int port() {
    return server.getPortAllocated();
  }

  /// What it took, the newest first.
  SinkShelf shelf() {
    return shelf;
  }

  private final class Visit implements MessageHandler {

    private String from = "";
    private final List<String> recipients = new ArrayList<>();

    @Override
    public void from(String sender) {
      from = sender;
    }

    @Override
    public void recipient(String recipient) {
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws IOException {
      var raw = data.readNBytes(OCTETS_OF_A_MAIL + 1);
      if (raw.length > OCTETS_OF_A_MAIL) {
        throw new TooMuchDataException("more than " + OCTETS_OF_A_MAIL + " octets");
      }
      return "2.0.0 Ok: kept as " + shelf.put(from, recipients, raw).number();
    }

    @Override
    public void done() {
      // nothing is held
    }
  }
}
