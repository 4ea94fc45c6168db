package dev.posthorn.connector.imap;

import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PulledMail;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Fetches one page, and sees to it that a mail that cannot be had costs itself alone:
///
/// - one that the server passes over is asked for alone, and if it is still there, it is `Unreadable`;
/// - one on which the line breaks is asked for alone on another line; if that breaks too while the server goes on listening to
///   us, it is `Unreadable`.
final class PageFetch {
  private final ImapSource source;
  private final MailboxWishes wishes;
  private final ImapLimits limits;
  private final Clock clock;

  /// @param mails in their order
  /// @param readTo the last UID that needs no further look
  record Got(List<PulledMail> mails, long readTo) {}

  PageFetch(ImapSource source, MailboxWishes wishes, ImapLimits limits, Clock clock) {
    this.source = source;
    this.wishes = wishes;
    this.limits = limits;
    this.clock = clock;
  }

  /// @param uids in their order, at least one
  /// @param old whether mails from before the wished time are to be passed over
  Got fetch(List<Long> uids, boolean old) throws ImapTrouble {
    var facts = facts(uids);
    var wanted = new ArrayList<MailFacts>();
    long readTo = uids.getLast();
    long bytes = 0;
    for (var uid : uids) {
      var one = facts.get(uid);
      if (one == null || passedOver(one, old)) {
        continue;
      }
      if (!wanted.isEmpty() && bytes + one.size() > limits.pageBytes()) {
        readTo = uid - 1;
        break;
      }
      bytes += Math.min(one.size(), limits.mailBytes());
      wanted.add(one);
    }
    return wanted.isEmpty() ? new Got(List.of(), readTo) : bodies(wanted, readTo);
  }

  private boolean passedOver(MailFacts one, boolean old) {
    return wishes.unreadOnly() && one.seen()
        || old && one.receivedAt().map(time -> time.isBefore(wishes.since())).orElse(false);
  }

  /// A date that the library cannot read makes it pass the mail over: then it is asked for without one.
  private Map<Long, MailFacts> facts(List<Long> uids) throws ImapTrouble {
    var found = new TreeMap<Long, MailFacts>();
    var folder = source.folder();
    try {
      folder.facts(uids, true).forEach(one -> found.put(one.uid(), one));
    } catch (ImapTrouble e) {
      if (!e.wasAnswered()) {
        throw e;
      }
    }
    for (var uid : uids) {
      if (!found.containsKey(uid)) {
        plainFacts(folder, uid).ifPresent(one -> found.put(uid, one));
      }
    }
    return found;
  }

  private static Optional<MailFacts> plainFacts(OpenFolder folder, long uid) throws ImapTrouble {
    try {
      var found = folder.facts(List.of(uid), false);
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
    } catch (ImapTrouble e) {
      if (!e.wasAnswered()) {
        throw e;
      }
    }
    // Gone meanwhile, or there and not spoken of.
    return folder.has(uid) ? Optional.of(MailBytes.unknown(uid)) : Optional.empty();
  }

  private Got bodies(List<MailFacts> wanted, long readTo) throws ImapTrouble {
    var done = new HashMap<Long, PulledMail>();
    try {
      bytes(source.folder()).fetch(wanted, done);
    } catch (ImapTrouble e) {
      if (!e.wasAnswered()) {
        return afterBreak(wanted, done);
      }
    }
    for (var one : wanted) {
      if (!done.containsKey(one.uid())) {
        try {
          alone(one).ifPresent(mail -> done.put(one.uid(), mail));
        } catch (ImapTrouble e) {
          return afterBreak(wanted, done);
        }
      }
    }
    return new Got(MailBytes.inOrder(done), readTo);
  }

  /// The line broke on the first mail that is not there: those before it are a page of their own, else it is looked at alone.
  private Got afterBreak(List<MailFacts> wanted, Map<Long, PulledMail> done) throws ImapTrouble {
    source.drop();
    var before = new HashMap<Long, PulledMail>();
    MailFacts suspect = null;
    long readTo = 0;
    for (var one : wanted) {
      if (suspect == null && done.containsKey(one.uid())) {
        before.put(one.uid(), done.remove(one.uid()));
        readTo = one.uid();
      } else if (suspect == null) {
        suspect = one;
      }
    }
    done.values().forEach(PulledMail::close);
    if (suspect == null || !before.isEmpty()) {
      return new Got(MailBytes.inOrder(before), readTo);
    }
    return new Got(onALineOfItsOwn(suspect).map(List::of).orElse(List.of()), suspect.uid());
  }

  private Optional<PulledMail> onALineOfItsOwn(MailFacts suspect) throws ImapTrouble {
    try {
      return alone(suspect);
    } catch (ImapTrouble e) {
      source.drop();
      // Is it the mail, or is it the server? If the server is not there, this ends the pull.
      return Optional.of(bytes(source.folder()).unreadable(suspect, e.getMessage()));
    }
  }

  /// @return nothing if it is not there any more
  private Optional<PulledMail> alone(MailFacts one) throws ImapTrouble {
    var folder = source.folder();
    var done = new HashMap<Long, PulledMail>();
    var why = "the server does not hand it out";
    try {
      bytes(folder).fetch(List.of(one), done);
    } catch (ImapTrouble e) {
      if (!e.wasAnswered()) {
        done.values().forEach(PulledMail::close);
        throw e;
      }
      why = e.getMessage();
    }
    if (!done.isEmpty()) {
      return Optional.of(done.get(one.uid()));
    }
    return folder.has(one.uid()) ? Optional.of(bytes(folder).unreadable(one, why)) : Optional.empty();
  }

  /// One mail that could not be had before.
  Optional<PulledMail> fetchAlone(long uid) throws ImapTrouble {
    var facts = facts(List.of(uid));
    return facts.isEmpty() ? Optional.empty() : onALineOfItsOwn(facts.get(uid));
  }

  private MailBytes bytes(OpenFolder folder) {
    return new MailBytes(folder, limits, clock.instant());
  }
}
