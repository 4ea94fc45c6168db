package dev.posthorn.channel;

import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.web.Problem;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/// SMTP servers of tenants' own that belong to no mailbox (OD-17): tried live before they are saved, up to the point where a
/// mail would follow, and only where the public internet leads (room `wire`).
@ApplicationScoped
class OwnServers {
  private static final int BETWEEN_SERVERS = 25;

  private final MailLines lines;
  private final Secrets secrets;
  private final MailboxConfig config;

  OwnServers(MailLines lines, Secrets secrets, MailboxConfig config) {
    this.lines = lines;
    this.secrets = secrets;
    this.config = config;
  }

  /// A server and who we are for it.
  ///
  /// @param login none where it lets us in as we are
  record Account(String host, int port, Encryption encryption, Optional<Login> login) {
    /// For a line of its own to each kind of server.
    ServerAccount server() {
      return new ServerAccount(host, port, encryption, login.map(Login::username).orElse("nobody"),
          new Credential.Password(login.map(Login::password).orElse(Secret.of(""))));
    }
  }

  /// Who we are.
  record Login(String username, Secret password) {}

  /// @throws Refusal 400 for what cannot be a server, 422 for what works nowhere
  Account account(MailboxWish.Server server, String username, Optional<Secret> password) {
    if (username != null && password.isEmpty()) {
      throw Refusal.badRequest("/password", "A user name needs a password.");
    }
    demandPort(server);
    if (server.security() == Encryption.NONE && !config.allowUnencrypted()) {
      throw Refusal.unprocessable("/smtp/security", "What is sent would travel readable for everybody: tls or starttls.");
    }
    try {
      var account = new Account(server.host().strip(), server.port(), server.security(), password.filter(_ -> username != null).map(secret -> new Login(username, secret)));
      account.server();
      return account;
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("/smtp", e.getMessage());
    }
  }

  /// TH-07: these take mail of their own users elsewhere than mail between servers.
  private static void demandPort(MailboxWish.Server server) {
    var host = server.host().strip().toLowerCase(Locale.ROOT);
    if (server.port() == BETWEEN_SERVERS && Remedies.isGoogle(host)) {
      throw Refusal.unprocessable("/smtp/port", "Google takes its users' mail on port 587 with starttls, or 465 with tls, and not on 25.");
    }
    if (server.port() == BETWEEN_SERVERS && Remedies.isMicrosoft(host)) {
      throw Refusal.unprocessable("/smtp/port", "Microsoft takes its users' mail on port 587 with starttls, and not on 25.");
    }
  }

  /// Tries it live. Touches the network.
  ///
  /// @param from the address that mail would come from
  /// @throws Refusal 422 with the step, the server's words and a hint
  void pass(Account account, String from) {
    var faults = lines.smtpCheckup(account).run(from).stream().filter(finding -> !finding.ok())
        .map(finding -> new Problem.Fault("/smtp", finding.words(), finding.step().word(),
            Remedies.hint(Remedies.Side.SMTP, account.host().toLowerCase(Locale.ROOT), finding.step(), finding.words())))
        .toList();
    if (!faults.isEmpty()) {
      throw Refusal.of(ProblemKind.SERVER_NOT_CONNECTED, faults.getFirst().detail(), faults);
    }
  }

  /// The way out that the channel is, with its secret, in the running transaction.
  MailSender sender(OutboundChannel channel) {
    var login = Optional.ofNullable(channel.secretId).map(secrets::open).map(secret -> new Login(channel.username, secret));
    return lines.sender(new Account(channel.host, channel.port, Encryption.of(channel.security), login), channel.id, channel.version);
  }
}
