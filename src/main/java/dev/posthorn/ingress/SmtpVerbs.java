package dev.posthorn.ingress;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.CommandHandler;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/// The commands as they are spoken here, each answer with its enhanced status code (RFC 2034, RFC 3463).
final class SmtpVerbs {

  /// All verbs that get an answer of their own. What the library brings along under these names is replaced.
  static final Set<String> NAMES = Set.of(
      "EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "HELP", "EXPN", "AUTH", "BDAT");

  /// What may be said before TLS where TLS is required (RFC 3207 4).
  private static final Set<String> BEFORE_TLS = Set.of("EHLO", "NOOP", "QUIT", "STARTTLS");

  private static final Logger LOG = Logger.getLogger(SmtpVerbs.class);

  private final SmtpConfig config;
  private final Optional<Certificates> certificates;
  private final SmtpMetrics metrics;

  SmtpVerbs(SmtpConfig config, Optional<Certificates> certificates, SmtpMetrics metrics) {
    this.config = config;
    this.certificates = certificates;
    this.metrics = metrics;
  }

  void teach(CommandHandler library) {
    Map.<String, Action>ofEntries(
        Map.entry("EHLO", this::ehlo),
        Map.entry("HELO", this::helo),
        Map.entry("STARTTLS", this::startTls),
        Map.entry("MAIL", this::mail),
        Map.entry("RCPT", this::rcpt),
        Map.entry("DATA", this::data),
        Map.entry("RSET", this::rset),
        Map.entry("NOOP", (arguments, session, connection) -> idle(connection, 250, "2.0.0 Ok")),
        Map.entry("QUIT", this::quit),
        // RFC 5321 3.5.3, 7.3: it neither confirms nor denies.
        Map.entry("VRFY", (arguments, session, connection) -> idle(connection, 252, "2.0.0 Send mail and see")),
        Map.entry("HELP", (arguments, session, connection) -> idle(connection, 214, "2.0.0 See RFC 5321")),
        Map.entry("EXPN", (arguments, session, connection) -> connection.reply(502, "5.5.1 No lists here")),
        Map.entry("AUTH", (arguments, session, connection) -> connection.reply(502, "5.5.1 No logins here")),
        Map.entry("BDAT", this::bdat))
        .forEach((name, action) -> library.addCommand(new Verb(name, action)));
  }

  private void ehlo(String arguments, Session session, Connection connection) throws IOException, RejectException {
    greet(arguments, session, connection);
    var lines = new ArrayList<>(List.of(
        config.hostname(), "PIPELINING", "SIZE " + config.maxMessageBytes(), "8BITMIME", "SMTPUTF8"));
    if (certificates.isPresent() && !connection.isSecured()) lines.add("STARTTLS");
    lines.add("ENHANCEDSTATUSCODES");
    connection.reply(250, lines);
  }

  private void helo(String arguments, Session session, Connection connection) throws IOException, RejectException {
    greet(arguments, session, connection);
    connection.reply(250, List.of(config.hostname()));
  }

  /// RFC 5321 4.1.4: a second greeting ends a transaction. The name is a claim, so that its syntax is not examined.
  private void greet(String name, Session session, Connection connection) throws RejectException {
    if (name.isEmpty() || name.contains(" ")) throw new RejectException(501, "5.5.4 Who are you? One name, please");
    connection.countIdleCommand();
    session.resetMailTransaction();
    session.setHelo(name);
  }

  /// RFC 3207. Whatever the client sent behind STARTTLS without waiting may have been put there by somebody else, who
  /// wants it to be read as if it came through TLS (section 5): such a connection is closed, nothing of it is read.
  private void startTls(String arguments, Session session, Connection connection) throws IOException, RejectException {
    if (certificates.isEmpty()) throw new RejectException(502, "5.5.1 No TLS here");
    if (!arguments.isEmpty()) throw new RejectException(501, "5.5.4 STARTTLS stands alone");
    if (connection.isSecured()) throw new RejectException(503, "5.5.1 TLS is on already");
    if (connection.input().waiting() > 0) {
      connection.hangUp();
      connection.lingerOnClose();
      throw new RejectException(503, "5.5.1 Nothing may follow STARTTLS before its answer");
    }
    connection.reply(220, "2.0.0 Ready for TLS");
    try {
      connection.startTls(certificates.get().factory());
    } catch (IOException failed) {
      LOG.debugf("TLS handshake failed: %s", failed.getMessage());
      metrics.handshake("failed");
      connection.hangUp();
      connection.abandon();
      return;
    }
    metrics.handshake("done");
    // Section 4.2: all that was said before is forgotten, EHLO included.
    session.resetSmtpProtocol();
    session.setTlsStarted(true);
  }

  private void mail(String arguments, Session session, Connection connection) throws IOException, RejectException {
    if (session.getHelo().isEmpty()) throw new RejectException(503, "5.5.1 EHLO first");
    if (session.isMailTransactionInProgress()) throw new RejectException(503, "5.5.1 One MAIL at a time");
    var path = MailPath.parse(arguments, "FROM:")
        .orElseThrow(() -> new RejectException(501, "5.5.4 Syntax: MAIL FROM:<address>"));
    for (var parameter : path.parameters().entrySet()) check(parameter.getKey(), parameter.getValue());
    session.startMailTransaction();
    try {
      var transaction = (Transaction) session.getMessageHandler();
      if (path.parameters().containsKey("SMTPUTF8")) transaction.allowUtf8();
      transaction.from(path.address());
    } catch (RejectException refused) {
      session.resetMailTransaction();
      throw refused;
    }
    connection.reply(250, "2.1.0 Ok");
  }

  /// The parameters of the extensions that EHLO names, and no others (RFC 5321 4.1.1.11).
  private void check(String parameter, String value) throws RejectException {
    switch (parameter) {
      case "SIZE" -> {
        if (!value.matches("[0-9]{1,20}")) throw new RejectException(501, "5.5.4 SIZE is a number");
        if (value.length() > 18 || Long.parseLong(value) > config.maxMessageBytes()) {
          metrics.message("too-large");
          throw new RejectException(552, "5.3.4 Mail too large");
        }
      }
      case "BODY" -> {
        if (!Set.of("7BIT", "8BITMIME").contains(value.toUpperCase(Locale.ROOT))) {
          throw new RejectException(501, "5.5.4 BODY is 7BIT or 8BITMIME");
        }
      }
      case "SMTPUTF8" -> {
        if (!value.isEmpty()) throw new RejectException(501, "5.5.4 SMTPUTF8 has no value");
      }
      default -> throw new RejectException(555, "5.5.4 Unknown parameter");
    }
  }

  private void rcpt(String arguments, Session session, Connection connection) throws IOException, RejectException {
    if (!session.isMailTransactionInProgress()) throw new RejectException(503, "5.5.1 MAIL first");
    var path = MailPath.parse(arguments, "TO:")
        .orElseThrow(() -> new RejectException(501, "5.5.4 Syntax: RCPT TO:<address>"));
    if (!path.parameters().isEmpty()) throw new RejectException(555, "5.5.4 Unknown parameter");
    if (session.getRecipientCount() >= config.maxRecipients()) {
      metrics.recipient("too-many");
      throw new RejectException(452, "4.5.3 Too many recipients, send the rest in another mail");
    }
    session.getMessageHandler().recipient(path.address());
    session.addRecipient(path.address());
    connection.reply(250, "2.1.5 Ok");
  }

  private void data(String arguments, Session session, Connection connection) throws IOException, RejectException {
    if (!session.isMailTransactionInProgress()) throw new RejectException(503, "5.5.1 MAIL first");
    if (!arguments.isEmpty()) throw new RejectException(501, "5.5.4 DATA stands alone");
    if (session.getRecipientCount() == 0) throw new RejectException(554, "5.5.1 No valid recipients");
    connection.reply(354, "End data with <CR><LF>.<CR><LF>");
    var content = new DotStream(connection.input(), config.dataTimeout(), WireInput.in(config.dataDeadline()));
    try {
      var stored = session.getMessageHandler().data(content);
      connection.forgive();
      connection.reply(250, stored);
    } catch (SocketTimeoutException slow) {
      metrics.message("aborted");
      connection.end("4.4.2 Too slow");
    } catch (IOException gone) {
      metrics.message("aborted");
      connection.hangUp();
    } finally {
      session.resetMailTransaction();
    }
  }

  private void rset(String arguments, Session session, Connection connection) throws IOException {
    session.resetMailTransaction();
    idle(connection, 250, "2.0.0 Ok");
  }

  private void quit(String arguments, Session session, Connection connection) throws IOException {
    connection.hangUp();
    connection.reply(221, "2.0.0 Bye");
  }

  /// CHUNKING (RFC 3030) is not offered. A client that uses it all the same goes on with octets that are no commands.
  private void bdat(String arguments, Session session, Connection connection) throws IOException {
    connection.hangUp();
    connection.lingerOnClose();
    connection.reply(502, "5.5.1 No CHUNKING here");
  }

  private static void idle(Connection connection, int code, String text) throws IOException {
    connection.countIdleCommand();
    connection.reply(code, text);
  }

  private interface Action {
    void run(String arguments, Session session, Connection connection) throws IOException, RejectException;
  }

  /// One verb, in the library's shape.
  private final class Verb implements Command {

    private final String name;
    private final Action action;

    private Verb(String name, Action action) {
      this.name = name;
      this.action = action;
    }

    @Override
    public void execute(String line, Session session) {
      var connection = (Connection) session.getSocket();
      try {
        run(line.substring(name.length()).strip(), session, connection);
      } catch (IOException gone) {
        // There is nobody to answer to. Thrown from here, this would be a warning for each client that hangs up.
        connection.hangUp();
      }
    }

    private void run(String arguments, Session session, Connection connection) throws IOException {
      try {
        if (config.requireTls() && !connection.isSecured() && !BEFORE_TLS.contains(name)) {
          throw new RejectException(530, "5.7.0 STARTTLS first");
        }
        action.run(arguments, session, connection);
      } catch (RejectException refused) {
        connection.reply(refused.getCode(), refused.getMessage());
      }
    }

    @Override
    public HelpMessage getHelp() {
      return new HelpMessage(name, "");
    }

    @Override
    public String getName() {
      return name;
    }
  }
}
