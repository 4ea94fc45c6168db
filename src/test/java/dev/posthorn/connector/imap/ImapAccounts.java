package dev.posthorn.connector.imap;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.secret.Secret;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Accounts for servers on this machine.
final class ImapAccounts {
  static final Duration LONG = Duration.ofSeconds(30);
  static final ImapLimits LIMITS = new ImapLimits(LONG, LONG, LONG, LONG, LONG.multipliedBy(2), 100_000_000, 65_536, 3, 1_000_000,
      20_000_000, 100_000);

  private ImapAccounts() {}

  /// A server that is given up on after so many milliseconds of silence.
  static ImapLimits patient(int answer) {
    var time = Duration.ofMillis(answer);
    return new ImapLimits(LONG, time, LONG, time.multipliedBy(2), time.multipliedBy(3), 1_000_000, 4096, 3, 1_000_000, 1_000_000, 100_000);
  }

  static ImapAccount plain(int port, ImapLimits limits) {
    return new ImapAccount(server(port, Encryption.NONE, "open sesame"), Trust.usual(), Reach.everywhere(), limits);
  }

  static ServerAccount server(int port, Encryption encryption, String password) {
    return new ServerAccount("127.0.0.1", port, encryption, "support@acme.example", new Credential.Password(Secret.of(password)));
  }

  static MailboxWishes wishes(AfterImport afterImport) {
    return new MailboxWishes("INBOX", Instant.EPOCH, false, afterImport, Optional.of("Done").filter(_ -> afterImport == AfterImport.MOVE));
  }
}
