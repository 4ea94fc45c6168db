package dev.posthorn.channel;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.imap.SentShelf;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.CurrentTenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// The ways in and out of the current tenant's mailboxes. Rows are read in a short transaction; what is given touches the
/// network only when it is used, outside of any.
@ApplicationScoped
public class MailboxLines {
  private final Mailboxes mailboxes;
  private final MailboxPulls pulls;
  private final InboundChannels inbound;
  private final OutboundChannels outbound;
  private final Secrets secrets;
  private final MailLines lines;
  private final OwnServers servers;
  private final MailSender relay;
  private final MailboxGrants grants;
  private final GrantTokens tokens;
  private final CurrentTenant tenant;

  MailboxLines(Mailboxes mailboxes, MailboxPulls pulls, InboundChannels inbound, OutboundChannels outbound, Secrets secrets, MailLines lines,
      OwnServers servers, MailSender relay, MailboxGrants grants, GrantTokens tokens, CurrentTenant tenant) {
    this.mailboxes = mailboxes;
    this.pulls = pulls;
    this.inbound = inbound;
    this.outbound = outbound;
    this.secrets = secrets;
    this.lines = lines;
    this.servers = servers;
    this.relay = relay;
    this.grants = grants;
    this.tokens = tokens;
    this.tenant = tenant;
  }

  /// A mailbox that is to be read.
  ///
  /// @param address its own: whom its mail is for
  /// @param cursor how far it was read
  /// @param failures how often in a row it could not be
  /// @param host who handed its mail over, and `way` how
  /// @param budget what shares a budget of connections with it
  /// @param limits what the host allows
  /// @param spent what was fetched lately
  /// @param source to be closed by whoever asked for it
  public record Reading(UUID mailboxId, UUID channelId, String address, Instant connectedAt, Optional<String> cursor, int failures,
      String host, String way, String budget, HostLimits limits, Spent spent, MailSource source) {}

  /// What was fetched from a mailbox on a day.
  ///
  /// @param on the day, of UTC
  public record Spent(LocalDate on, long bytes) {}

  /// @param holder who must hold it
  /// @return nothing where the mailbox is gone, or is somebody else's now
  public Optional<Reading> reading(UUID mailboxId, UUID holder) {
    return QuarkusTransaction.requiringNew().call(() -> {
      var pull = pulls.findById(mailboxId);
      if (pull == null || !pull.active || !holder.equals(pull.leasedBy)) {
        return Optional.empty();
      }
      var mailbox = mailboxes.findById(mailboxId);
      var account = account(mailbox);
      var wishes = new MailboxWishes(mailbox.folder, mailbox.since, mailbox.unreadOnly, mailbox.afterImport(),
          Optional.ofNullable(mailbox.moveTo).filter(_ -> mailbox.afterImport() == AfterImport.MOVE));
      return Optional.of(new Reading(mailboxId, inbound.ofMailbox(mailboxId).id, mailbox.address, mailbox.connectedAt,
          Optional.ofNullable(pull.cursor), pull.failures, host(account), way(account),
          budget(account), lines.limits(account), pull.spent(), lines.source(account, wishes)));
    });
  }

  /// The way out that a channel is. Mail by a channel that is gone is refused, loudly: nobody knows from whom it should come.
  ///
  /// @param channelId null for the platform's relay
  public MailSender sender(UUID channelId) {
    if (channelId == null) {
      return relay;
    }
    return QuarkusTransaction.requiringNew().call(() -> {
      var channel = outbound.findById(channelId);
      if (channel == null) {
        return gone();
      }
      if (channel.isOwnServer()) {
        return servers.sender(channel);
      }
      if (channel.mailboxId == null) {
        return relay;
      }
      var mailbox = mailboxes.findById(channel.mailboxId);
      return lines.sender(account(mailbox), mailbox.id, mailbox.version, Optional.ofNullable(mailbox.sentFolder));
    });
  }

  private static MailSender gone() {
    return dispatch -> dispatch.recipients().stream()
        .map(recipient -> new Delivery(recipient, new SendOutcome.Refused("the outbound channel was deleted before the mail left", "5.3.5")))
        .toList();
  }

  /// The mailbox that wants a copy of what leaves by this channel (TH-11), if one does.
  public Optional<UUID> copyWanted(UUID channelId) {
    return Optional.ofNullable(channelId).map(outbound::findById).map(channel -> channel.mailboxId).map(mailboxes::findById)
        .filter(Mailbox::wantsCopies).map(mailbox -> mailbox.id);
  }

  /// Where copies are kept.
  public Optional<SentShelf> shelf(UUID mailboxId) {
    return QuarkusTransaction.requiringNew().call(() -> mailboxes.findByIdOptional(mailboxId).filter(Mailbox::wantsCopies)
        .map(mailbox -> lines.shelf(account(mailbox), Optional.ofNullable(mailbox.sentFolder))));
  }

  /// The account with its secret, in the running transaction.
  Account account(Mailbox mailbox) {
    if (mailbox.isBySignIn()) {
      var access = tokens.of(tenant.id(), mailbox.id);
      return mailbox.kind.equals(Mailbox.GMAIL_API) ? new Account.GmailApi(mailbox.address, access)
          : new Account.Microsoft365(mailbox.address, grants.findById(mailbox.id).providerUser, access);
    }
    var secret = secrets.open(mailbox.secretId);
    return switch (mailbox.kind) {
      case Mailbox.GMAIL -> new Account.Gmail(mailbox.address, secret);
      default -> new Account.Imap(mailbox.address,
          server(mailbox.imapHost, mailbox.imapPort, mailbox.imapSecurity, mailbox.username, secret),
          server(mailbox.smtpHost, mailbox.smtpPort, mailbox.smtpSecurity, mailbox.username, secret));
    };
  }

  private static ServerAccount server(String host, int port, String security, String username, Secret secret) {
    return new ServerAccount(host, port, Encryption.of(security), username, new Credential.Password(secret));
  }

  /// IMAP servers count lines by where they come from; providers with an API count what is asked of each mailbox.
  private static String budget(Account account) {
    return switch (account) {
      case Account.Imap _, Account.Gmail _ -> host(account);
      case Account.Microsoft365(_, var user, _) -> host(account) + "/" + user;
      case Account.GmailApi(var address, _) -> host(account) + "/" + address;
    };
  }

  private static String way(Account account) {
    return switch (account) {
      case Account.Imap _, Account.Gmail _ -> "imap";
      case Account.Microsoft365 _ -> "graph";
      case Account.GmailApi _ -> "gmail-api";
    };
  }

  private static String host(Account account) {
    return switch (account) {
      case Account.Imap(_, var imap, _) -> imap.host();
      case Account.Gmail _ -> "imap.gmail.com";
      case Account.Microsoft365 _ -> "graph.microsoft.com";
      case Account.GmailApi _ -> "gmail.googleapis.com";
    };
  }
}
