package dev.posthorn.ingress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How mailboxes are read.
@ConfigMapping(prefix = "posthorn.pull")
public interface PullConfig {
  /// Whether this process reads mailboxes.
  @WithDefault("true")
  boolean enabled();

  /// How often to look for mailboxes that are due.
  @WithDefault("2s")
  Duration claimInterval();

  /// How long a mailbox belongs to the process that claimed it. One that lives prolongs it, one that died does not: this and
  /// `claim-interval` are how long a mailbox stands still then.
  @WithDefault("40s")
  Duration lease();

  /// Mailboxes that one process reads at once.
  @WithDefault("2000")
  int maxMailboxes();

  /// Whether to keep the line open and listen (IDLE) where the server tells of new mail by itself.
  @WithDefault("true")
  boolean listen();

  /// How long to listen before the line is tried and the folder looked at all the same. Servers hang up after 29 minutes
  /// (RFC 2177); lines die in silence at any time, and are found out this way.
  @WithDefault("5m")
  Duration listenFor();

  /// How often a mailbox is read whose server must be asked.
  @WithDefault("1m")
  Duration interval();

  /// How long a provider is left alone that announces nothing of a mailbox to us, such as of a shared one that somebody signed in for.
  @WithDefault("6h")
  Duration announcementPause();

  /// Announcements that one request of Microsoft Graph may hold; more is refused.
  @WithDefault("1000")
  int announcementsAtOnce();

  /// After so many announcements in one request that show no secret of ours, its others are not looked at.
  @WithDefault("10")
  int unknownAnnouncements();

  /// The pause before a provider is asked for announcements again that had no time for it.
  @WithDefault("5m")
  Duration announcementRetry();

  /// After so long a mailbox is let go for a moment, so that the processes share them anew.
  @WithDefault("25m")
  Duration shift();

  /// The pause after the first failure; it doubles.
  @WithDefault("30s")
  Duration firstPause();

  /// The longest pause between two tries.
  @WithDefault("15m")
  Duration longestPause();

  /// Refused logins in a row until a mailbox is said to need a new password.
  @WithDefault("3")
  int refusedLogins();

  /// How often a mailbox is tried that needs a new password: providers lock accounts for more.
  @WithDefault("6h")
  Duration refusedPause();

  /// Lines to one host at once, per process.
  @WithDefault("50")
  int connectionsPerHost();

  /// The time between two lines that are opened to one host.
  @WithDefault("100ms")
  Duration betweenConnections();

  /// Mails that are being stored at once: each needs a connection to the database.
  @WithDefault("4")
  int storing();

  /// The pause before a mail that could not be read is looked for again; it doubles.
  @WithDefault("5m")
  Duration mishapPause();

  /// How often it is looked for until it is given up.
  @WithDefault("8")
  int mishapAttempts();

  /// A mailbox that was not read for so long stands still: an event tells, a metric and the health of the service, and its
  /// tenant's admins are written to.
  @WithDefault("15m")
  Duration stalledAfter();

  /// How often that is looked at.
  @WithDefault("30s")
  Duration stalledInterval();

  /// How long pages under way may take when the application stops.
  @WithDefault("10s")
  Duration shutdownGrace();
}
