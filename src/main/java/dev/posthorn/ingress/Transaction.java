package dev.posthorn.ingress;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/// One mail transaction (RFC 5321 3.3), from MAIL to the answer to the final dot. A refusal is thrown with its code and
/// enhanced code; whatever else goes wrong on our side becomes 451, so that the sender keeps the mail.
final class Transaction implements MessageHandler {

  private static final Logger LOG = Logger.getLogger(Transaction.class);

  private final SmtpConfig config;
  private final Reception reception;
  private final SmtpMetrics metrics;
  private final Clock clock;
  private final Session session;
  private final Map<String, Door> doors = new LinkedHashMap<>();
  private String sender = "";
  private boolean smtpUtf8;

  Transaction(SmtpConfig config, Reception reception, SmtpMetrics metrics, Clock clock, Session session) {
    this.config = config;
    this.reception = reception;
    this.metrics = metrics;
    this.clock = clock;
    this.session = session;
  }

  /// The sender declared internationalised addresses (RFC 6531 3.4).
  void allowUtf8() {
    smtpUtf8 = true;
  }

  /// @param path `""` is the null sender of bounces, always welcome (RFC 5321 4.5.5)
  @Override
  public void from(String path) throws RejectException {
    if (!path.isEmpty()) address(path, "5.1.7");
    sender = path;
  }

  @Override
  public void recipient(String path) throws RejectException {
    Address recipient;
    try {
      // RFC 5321 4.5.1: the one address without a domain.
      recipient = address(path.equalsIgnoreCase("postmaster") ? path + "@" + config.hostname() : path, "5.1.3");
    } catch (RejectException invalid) {
      metrics.recipient("invalid");
      throw invalid;
    }
    if (!doors.containsKey(recipient.normalized())) doors.put(recipient.normalized(), door(recipient));
    metrics.recipient("accepted");
  }

  /// Reads the content to its end, whatever becomes of it: the next command stands behind it.
  ///
  /// @return the words of the 250; they are said only because the mail is stored
  @Override
  public String data(InputStream content) throws RejectException, IOException {
    try (var spool = new Spool(config.maxMessageBytes(), config.memoryBytes())) {
      receive(content, spool);
      try (var mail = spool.toRawMail()) {
        store(mail);
        metrics.stored(mail.size());
        return "2.0.0 Ok: stored as " + mail.sha256().hex().substring(0, 16);
      }
    }
  }

  @Override
  public void done() {
    // Nothing outlives data().
  }

  private Address address(String path, String status) throws RejectException {
    if (!smtpUtf8 && path.chars().anyMatch(c -> c > 127)) {
      throw new RejectException(553, "5.6.7 Address needs SMTPUTF8");
    }
    try {
      return Address.of(path);
    } catch (IllegalArgumentException bad) {
      throw new RejectException(501, status + " Bad address syntax");
    }
  }

  private Door door(Address recipient) throws RejectException {
    Optional<Door> door;
    try {
      door = reception.door(recipient);
    } catch (RuntimeException trouble) {
      LOG.warn("A recipient could not be looked up", trouble);
      metrics.recipient("failed");
      throw new RejectException(451, "4.3.0 Cannot tell at the moment, come again");
    }
    if (door.isEmpty()) metrics.recipient("unknown");
    return door.orElseThrow(() -> new RejectException(550, "5.1.1 No such address here"));
  }

  private void receive(InputStream content, Spool spool) throws RejectException, IOException {
    var watch = new ContentWatch(config.maxDataLineBytes(), config.maxReceived());
    var block = new byte[16384];
    IOException notKept = null;
    for (int length; (length = content.read(block, 0, block.length)) >= 0; ) {
      if (notKept != null) continue;
      watch.see(block, 0, length);
      try {
        spool.write(block, 0, length);
      } catch (IOException full) {
        notKept = full;
        spool.close();
      }
    }
    if (notKept instanceof Spool.TooLarge) throw refuse("too-large", 552, "5.3.4 Mail too large");
    if (notKept != null) throw failed(notKept);
    if (watch.lineTooLong()) throw refuse("line-too-long", 554, "5.6.0 Mail with a line too long");
    if (watch.looping()) throw refuse("looping", 554, "5.4.6 Too many hops, the mail is in a loop");
  }

  private void store(RawMail mail) throws RejectException {
    var client = session.getRemoteAddress();
    var envelope = new SmtpEnvelope(
        sender,
        doors.values().stream().map(Door::recipient).toList(),
        client.getAddress().getHostAddress(),
        session.getHelo().orElse(""),
        session.isTLSStarted(),
        clock.instant());
    var started = System.nanoTime();
    try {
      reception.accept(envelope, List.copyOf(doors.values()), mail);
    } catch (Throwable trouble) {
      throw failed(trouble);
    } finally {
      metrics.storing().record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }
  }

  private RejectException failed(Throwable trouble) {
    LOG.warn("A mail could not be stored; its sender was told to come again", trouble);
    return refuse("failed", 451, "4.3.0 Could not be stored, come again");
  }

  private RejectException refuse(String outcome, int code, String text) {
    metrics.message(outcome);
    return new RejectException(code, text);
  }
}
