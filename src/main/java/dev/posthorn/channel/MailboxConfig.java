package dev.posthorn.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines to tenants' own mail servers.
@ConfigMapping(prefix = "posthorn.mailbox")
public interface MailboxConfig {
  /// Whether mailboxes may be connected without encryption: only where the line never leaves one's own machines.
  @WithDefault("false")
  boolean allowUnencrypted();

  /// For the TCP connection, for each address that a host has.
  @WithDefault("15s")
  Duration connectTimeout();

  /// The longest silence of a server within one exchange.
  @WithDefault("1m")
  Duration answerTimeout();

  /// For one piece to be taken by the network.
  @WithDefault("1m")
  Duration writeTimeout();

  /// For everything until the account is let in.
  @WithDefault("1m")
  Duration openingTimeout();

  /// For one IMAP command with all of its answer.
  @WithDefault("10m")
  Duration exchangeTimeout();

  /// What an IMAP server may say to one command. Bytes.
  @WithDefault("268435456")
  long exchangeBytes();

  /// What of a mail is asked for at once, and so held in memory while it is fetched. Bytes.
  @WithDefault("524288")
  int pieceBytes();

  /// Mails of one page: they are landed, and the cursor goes on.
  @WithDefault("50")
  int pageMails();

  /// A page ends after so many bytes.
  @WithDefault("16777216")
  long pageBytes();

  /// For the answer of an SMTP server to a whole mail.
  @WithDefault("5m")
  Duration verdictTimeout();

  /// For one mail to leave altogether.
  @WithDefault("10m")
  Duration sendTimeout();

  /// What an SMTP server may say over one mail. Bytes.
  @WithDefault("1048576")
  int sendOctets();

  /// Connections to the SMTP server of one mailbox at once, per process.
  @WithDefault("2")
  int sendConnections();

  /// How long an unused connection to it is kept.
  @WithDefault("30s")
  Duration sendKeepIdle();

  /// After a refused login the SMTP server is left alone for so long.
  @WithDefault("5m")
  Duration loginPause();

  /// Lines to one account by IMAP at once, per process: reading, copies of what was sent, checks. Gmail hangs up on the sixteenth of
  /// all processes together.
  @WithDefault("5")
  int maxConnectionsPerAccount();

  /// Bytes that are fetched from one mailbox by IMAP in a day (UTC); 0 for as many as there are.
  @WithDefault("0")
  long maxBytesPerDay();

  /// Percent of them for mail that was there before the mailbox was connected: the rest is kept for what comes.
  @WithDefault("80")
  int backlogPercent();

  /// What single hosts of IMAP allow, by their names, where it is not what all do.
  Map<String, Host> hosts();

  /// One host.
  interface Host {
    /// Lines to it at once, per process, instead of `posthorn.pull.connections-per-host`.
    Optional<Integer> maxConnections();

    /// The time between two lines that are opened to it, instead of `posthorn.pull.between-connections`.
    Optional<Duration> betweenConnections();

    /// Lines to one account there.
    Optional<Integer> maxConnectionsPerAccount();

    /// Bytes of one mailbox in a day.
    Optional<Long> maxBytesPerDay();
  }

  /// Mailboxes whose way out is remembered, per process; the longest unused is let go.
  @WithDefault("1000")
  int rememberedSenders();

  /// Words that a support address begins with as a rule: any other that looks like somebody's name is asked about before it
  /// is connected.
  @WithDefault("support,info,help,helpdesk,service,services,kundenservice,kundendienst,contact,kontakt,office,team,sales,hello,hallo,mail,post,billing,rechnung,verkauf,it,admin,webmaster,noreply,no-reply,customer,customer.service,customer.care,customer.support")
  List<String> sharedNames();

  Discovery discovery();

  /// The search for the servers of an address.
  interface Discovery {
    /// The name server that is asked, `host:port`; that of the machine where none is set.
    Optional<String> nameServer();

    /// For one answer of it.
    @WithDefault("5s")
    Duration nameTimeout();

    /// For one place where a file for mail programs may lie.
    @WithDefault("10s")
    Duration fileTimeout();

    /// For one guess to be tried live.
    @WithDefault("10s")
    Duration guessTimeout();

    /// Searches at once, per process.
    @WithDefault("10")
    int atOnce();

    /// How long a search can be looked at.
    @WithDefault("24h")
    Duration keep();

    /// Where files for mail programs are asked for: of the internet, but for tests.
    @WithDefault("80")
    int httpPort();

    /// The same encrypted.
    @WithDefault("443")
    int httpsPort();
  }

  Gmail gmail();

  /// Where Gmail is.
  interface Gmail {
    /// The host of IMAP.
    @WithDefault("imap.gmail.com")
    String imapHost();

    /// Its port.
    @WithDefault("993")
    int imapPort();

    /// The host of SMTP.
    @WithDefault("smtp.gmail.com")
    String smtpHost();

    /// Its port.
    @WithDefault("465")
    int smtpPort();

    /// Bytes that are fetched from one mailbox in a day (UTC). Google allows 2,500 MB, to all programs of the mailbox together.
    @WithDefault("2000000000")
    long maxBytesPerDay();

    /// `tls`, `starttls`, or `none` for a test server.
    @WithDefault("tls")
    String security();
  }
}
