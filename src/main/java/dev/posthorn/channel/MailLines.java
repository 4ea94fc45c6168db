package dev.posthorn.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.discovery.Autoconfig;
import dev.posthorn.connector.discovery.ServerPlace;
import dev.posthorn.connector.imap.ImapAccount;
import dev.posthorn.connector.imap.ImapCheckup;
import dev.posthorn.connector.imap.ImapLimits;
import dev.posthorn.connector.imap.LinePlaces;
import dev.posthorn.connector.imap.ImapSource;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.imap.SentShelf;
import dev.posthorn.connector.smtp.SmtpAccount;
import dev.posthorn.connector.smtp.SmtpCheckup;
import dev.posthorn.connector.smtp.SmtpLimits;
import dev.posthorn.connector.smtp.SmtpSender;
import dev.posthorn.secret.Secret;
import dev.posthorn.wire.OutsideReach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Which connector serves which account: the one place that asks an [Account] what kind it is.
@ApplicationScoped
class MailLines {
  private static final int MAILS_PER_LINE = 100;

  private final MailboxConfig config;
  private final OutsideReach reach;
  private final Clock clock;
  private final long mailBytes;
  private final int memoryBytes;
  private final Watch watch = new Watch();
  private final ApiDoors apis;
  private final Cache<SenderKey, MailSender> senders;
  private final Cache<String, LinePlaces> places = Caffeine.newBuilder().weakValues().build();

  /// A mailbox or a server of one's own as it was set up at some time: with another password it is another one.
  private record SenderKey(UUID mailbox, long version) {}

  MailLines(MailboxConfig config, OutsideReach reach, ApiDoors apis, Clock clock,
      @ConfigProperty(name = "posthorn.intake.max-mail-bytes", defaultValue = "52428800") long mailBytes,
      @ConfigProperty(name = "posthorn.intake.memory-bytes", defaultValue = "262144") int memoryBytes) {
    this.config = config;
    this.reach = reach;
    this.apis = apis;
    this.clock = clock;
    this.mailBytes = mailBytes;
    this.memoryBytes = memoryBytes;
    this.senders = Caffeine.newBuilder().maximumSize(config.rememberedSenders()).expireAfterAccess(Duration.ofMinutes(10))
        .<SenderKey, MailSender>removalListener((_, sender, _) -> hangUp(sender)).build();
  }

  /// What the account's host allows.
  HostLimits limits(Account account) {
    return switch (account) {
      case Account.Imap(_, var server, _) -> limits(Optional.ofNullable(config.hosts().get(server.host())), config.maxBytesPerDay());
      case Account.Gmail _ -> limits(Optional.ofNullable(config.hosts().get(config.gmail().imapHost())), config.gmail().maxBytesPerDay());
      case Account.Microsoft365 _, Account.GmailApi _ -> HostLimits.NONE;
    };
  }

  private HostLimits limits(Optional<MailboxConfig.Host> host, long bytesPerDay) {
    return new HostLimits(host.flatMap(MailboxConfig.Host::maxConnections), host.flatMap(MailboxConfig.Host::betweenConnections),
        host.flatMap(MailboxConfig.Host::maxBytesPerDay).orElse(bytesPerDay), config.backlogPercent());
  }

  /// The way in.
  MailSource source(Account account, MailboxWishes wishes) {
    return switch (account) {
      case Account.Imap _, Account.Gmail _ -> new ImapSource(imap(account), wishes, watch, clock);
      case Account.Microsoft365 microsoft -> apis.source(microsoft, wishes);
      case Account.GmailApi google -> apis.source(google, wishes);
    };
  }

  /// The way out, kept as long as the mailbox stays as it is.
  MailSender sender(Account account, UUID mailbox, long version, Optional<String> sentFolder) {
    return senders.get(new SenderKey(mailbox, version), _ -> switch (account) {
      case Account.Imap _, Account.Gmail _ -> new LookingSender(new SmtpSender(smtp(account), watch), shelf(account, sentFolder), keepsCopies(account));
      case Account.Microsoft365 microsoft -> apis.sender(microsoft);
      case Account.GmailApi google -> apis.sender(google);
    });
  }

  /// The way out that a server of the tenant's own is, kept as long as the channel stays as it is.
  MailSender sender(OwnServers.Account account, UUID channel, long version) {
    return senders.get(new SenderKey(channel, version), _ -> new SmtpSender(smtp(account), watch));
  }

  /// Where copies of what was sent are kept.
  SentShelf shelf(Account account, Optional<String> folder) {
    return new SentShelf(imap(account), folder, watch);
  }

  ImapCheckup imapCheckup(Account account) {
    return new ImapCheckup(imap(account), watch);
  }

  SmtpCheckup smtpCheckup(Account account) {
    return new SmtpCheckup(smtp(account), watch);
  }

  SmtpCheckup smtpCheckup(OwnServers.Account account) {
    return new SmtpCheckup(smtp(account), watch);
  }

  /// Whether a mailbox by sign-in can be reached as it is to be read.
  List<Finding> reach(Account account, String folder, Optional<String> moveTo) {
    return switch (account) {
      case Account.Microsoft365 microsoft -> apis.checkup(microsoft).run(folder, moveTo);
      case Account.GmailApi google -> apis.checkup(google).run(folder, moveTo);
      case Account.Imap _, Account.Gmail _ -> throw new IllegalArgumentException("Nobody signs in for this kind of mailbox");
    };
  }

  /// Whether something that speaks the protocol is there, with which one could be let in.
  Optional<String> objection(ServerPlace place, Remedies.Side side) {
    var nobody = new ServerAccount(place.host(), place.port(), place.security(), "nobody", new Credential.Password(Secret.of("")));
    var time = config.discovery().guessTimeout();
    return switch (side) {
      case IMAP -> new ImapCheckup(new ImapAccount(nobody, Trust.usual(), reach, new ImapLimits(time, time, time, time, time, 65_536, 4096, 1,
          4096, 4096, 4096)), watch).objection();
      case SMTP -> new SmtpCheckup(SmtpAccount.of(nobody, Trust.usual(), reach, new SmtpLimits(time, time, time, time, time, 1, 1,
          Duration.ZERO, Duration.ZERO, 65_536)), watch).objection();
    };
  }

  /// Where files for mail programs are looked for.
  Autoconfig autoconfig() {
    var discovery = config.discovery();
    return new Autoconfig(new Autoconfig.Manners(reach, Trust.usual(), watch, discovery.fileTimeout(), discovery.fileTimeout(),
        discovery.httpPort(), discovery.httpsPort()));
  }

  /// Whether the server keeps a copy of what leaves by it.
  boolean keepsCopies(Account account) {
    return switch (account) {
      case Account.Imap _ -> false;
      case Account.Gmail _, Account.Microsoft365 _, Account.GmailApi _ -> true;
    };
  }

  private ImapAccount imap(Account account) {
    var server = switch (account) {
      case Account.Imap(_, var imap, _) -> imap;
      case Account.Gmail(var address, var password) -> new ServerAccount(config.gmail().imapHost(), config.gmail().imapPort(),
          Encryption.of(config.gmail().security()), address, new Credential.Password(password));
      case Account.Microsoft365 _, Account.GmailApi _ -> throw new IllegalArgumentException("This kind of mailbox speaks no IMAP");
    };
    return new ImapAccount(server, Trust.usual(), reach, new ImapLimits(config.connectTimeout(), config.answerTimeout(),
        config.writeTimeout(), config.openingTimeout(), config.exchangeTimeout(), config.exchangeBytes(), config.pieceBytes(),
        config.pageMails(), config.pageBytes(), mailBytes, memoryBytes), places(server));
  }

  /// Shared by everything in this process that opens lines to the account.
  private LinePlaces places(ServerAccount server) {
    return places.get(server.where() + " " + server.username(), _ -> new LinePlaces(Optional.ofNullable(config.hosts().get(server.host()))
        .flatMap(MailboxConfig.Host::maxConnectionsPerAccount).orElse(config.maxConnectionsPerAccount())));
  }

  private SmtpAccount smtp(Account account) {
    var server = switch (account) {
      case Account.Imap(_, _, var smtp) -> smtp;
      case Account.Gmail(var address, var password) -> new ServerAccount(config.gmail().smtpHost(), config.gmail().smtpPort(),
          Encryption.of(config.gmail().security()), address, new Credential.Password(password));
      case Account.Microsoft365 _, Account.GmailApi _ -> throw new IllegalArgumentException("This kind of mailbox speaks no SMTP");
    };
    return SmtpAccount.of(server, Trust.usual(), reach, sendLimits());
  }

  private SmtpAccount smtp(OwnServers.Account account) {
    var known = SmtpAccount.of(account.server(), Trust.usual(), reach, sendLimits());
    return account.login().isPresent() ? known : new SmtpAccount(known.host(), known.port(), known.security(), known.trust(),
        new SmtpAccount.Login.None(), known.localName(), known.limits(), known.reach());
  }

  private SmtpLimits sendLimits() {
    return new SmtpLimits(config.connectTimeout(), config.answerTimeout(), config.writeTimeout(), config.verdictTimeout(),
        config.sendTimeout(), config.sendConnections(), MAILS_PER_LINE, config.sendKeepIdle(), config.loginPause(), config.sendOctets());
  }

  /// Ways out by HTTP share their connections, and hold none of their own.
  private static void hangUp(MailSender sender) {
    if (sender instanceof SmtpSender smtp) {
      smtp.close();
    } else if (sender instanceof LookingSender looking) {
      looking.close();
    }
  }

  @PreDestroy
  void close() {
    senders.asMap().values().forEach(MailLines::hangUp);
    watch.close();
  }
}
