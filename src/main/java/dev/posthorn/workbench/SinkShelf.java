package dev.posthorn.workbench;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Keeps the latest mails in memory: so many, and so many octets of them, whichever is reached first. The newest is always
/// kept.
final class SinkShelf {

  private final int mails;
  private final long octets;
  private final InstantSource clock;
  private final Deque<SunkMail> kept = new ArrayDeque<>();
  private long octetsKept;
  private long lastNumber;

  SinkShelf(int mails, long octets, InstantSource clock) {
    this.mails = mails;
    this.octets = octets;
    this.clock = clock;
  }

  synchronized SunkMail put(String envelopeFrom, List<String> recipients, byte[] raw) {
    var mail = SunkMail.read(++lastNumber, clock.instant(), envelopeFrom, recipients, raw);
    kept.addFirst(mail);
    octetsKept += mail.size();
    while (kept.size() > mails || octetsKept > octets && kept.size() > 1) {
      octetsKept -= kept.removeLast().size();
    }
    return mail;
  }

  /// The newest first.
  synchronized List<SunkMail> all() {
    return List.copyOf(kept);
  }

  synchronized Optional<SunkMail> byNumber(long number) {
    return kept.stream().filter(mail -> mail.number() == number).findFirst();
  }
}
