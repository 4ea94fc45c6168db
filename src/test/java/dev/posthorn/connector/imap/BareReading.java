package dev.posthorn.connector.imap;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.wire.Watch;
import java.time.Clock;
import java.util.Optional;

/// The source alone, with nothing behind it: what a line and a server can do.
public final class BareReading {
  private static final ImapLimits LIMITS = new ImapLimits(ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG,
      ImapAccounts.LONG, 100_000_000, 524_288, 50, 16_000_000, 50_000_000, 262_144);

  private BareReading() {}

  /// Reads everything that is there.
  public static double mailsPerSecond(int port, int mails) {
    try (var watch = new Watch(); var source = new ImapSource(ImapAccounts.plain(port, LIMITS), ImapAccounts.wishes(AfterImport.NONE), watch, Clock.systemUTC())) {
      long start = System.nanoTime();
      Optional<String> cursor = Optional.empty();
      for (int read = 0; read < mails; ) {
        var page = (PullOutcome.Page) source.pull(cursor);
        page.mails().forEach(PulledMail::close);
        read += page.mails().size();
        cursor = Optional.of(page.nextCursor());
      }
      return mails / ((System.nanoTime() - start) / 1e9);
    }
  }
}
