package dev.posthorn.connector.imap;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.Step;
import dev.posthorn.wire.Watch;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One mailbox by IMAP. Keeps one line open as long as it is good, and opens another one when it is not.
public final class ImapSource implements MailSource {
  private final ImapAccount account;
  private final MailboxWishes wishes;
  private final Watch watch;
  private final Clock clock;
  private OpenFolder folder;
  private volatile ImapLine line;
  private volatile boolean closed;

  /// @param watch keeps the times; it may serve many sources and is not closed with this one
  public ImapSource(ImapAccount account, MailboxWishes wishes, Watch watch, Clock clock) {
    this.account = account;
    this.wishes = wishes;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public PullOutcome pull(Optional<String> cursor) {
    return pull(cursor, true);
  }

  @Override
  public PullOutcome pullFresh(Optional<String> cursor) {
    return pull(cursor, false);
  }

  private PullOutcome pull(Optional<String> cursor, boolean backlogToo) {
    boolean used = folder != null;
    try {
      return page(cursor, backlogToo);
    } catch (ImapTrouble e) {
      drop();
      // A line that was good a while ago may have died unheard.
      return used && !e.wasAnswered() && !closed ? pull(cursor, backlogToo) : ended(e);
    }
  }

  private PullOutcome page(Optional<String> said, boolean backlogToo) throws ImapTrouble {
    var open = folder();
    var cursor = said.flatMap(ImapCursor::read).filter(known -> known.validity() == open.validity())
        .orElseGet(() -> ImapCursor.begin(open.validity(), open.next()));
    var fresh = open.uidsFrom(cursor.next());
    if (!fresh.isEmpty()) {
      var some = fresh.subList(0, Math.min(fresh.size(), account.limits().pageMails()));
      var got = new PageFetch(this, wishes, account.limits(), clock).fetch(some, false);
      var next = cursor.freshReadTo(got.readTo());
      return new PullOutcome.Page(got.mails(), next.text(), got.readTo() < fresh.getLast() || backlogToo && next.hasBacklog());
    }
    return backlogToo && cursor.hasBacklog() ? backlog(open, cursor) : new PullOutcome.Page(List.of(), cursor.text(), false);
  }

  private PullOutcome backlog(OpenFolder open, ImapCursor cursor) throws ImapTrouble {
    var old = open.uidsBetween(cursor.backlogFrom(), cursor.backlogTo(), Optional.of(wishes.since()));
    if (old.isEmpty()) {
      return new PullOutcome.Page(List.of(), cursor.withoutBacklog().text(), false);
    }
    var some = old.subList(0, Math.min(old.size(), account.limits().pageMails()));
    var got = new PageFetch(this, wishes, account.limits(), clock).fetch(some, true);
    var next = got.readTo() < old.getLast() ? cursor.backlogReadTo(got.readTo()) : cursor.withoutBacklog();
    return new PullOutcome.Page(got.mails(), next.text(), next.hasBacklog());
  }

  private static PullOutcome ended(ImapTrouble trouble) {
    return trouble.refusesTheAccount() ? new PullOutcome.Revoked(trouble.getMessage())
        : new PullOutcome.Later(trouble.step(), trouble.getMessage(), Optional.empty());
  }

  @Override
  public Sought again(String reference) {
    try {
      var open = folder();
      var uid = uid(reference, open);
      if (uid.isEmpty() || !open.has(uid.get())) {
        return new Sought.Gone();
      }
      var got = new PageFetch(this, wishes, account.limits(), clock).fetchAlone(uid.get());
      return got.<Sought>map(Sought.Found::new).orElseGet(Sought.Gone::new);
    } catch (ImapTrouble e) {
      drop();
      return new Sought.NotNow(e.getMessage());
    }
  }

  @Override
  public Optional<String> imported(Collection<String> references) {
    if (references.isEmpty()) {
      return Optional.empty();
    }
    try {
      var open = folder();
      var uids = references.stream().flatMap(reference -> uid(reference, open).stream()).toList();
      if (!uids.isEmpty()) {
        switch (wishes.afterImport()) {
          case MARK_READ -> open.mark(uids, "\\Seen");
          case MOVE -> open.move(uids, wishes.moveTo().orElseThrow());
          case DELETE -> remove(open, uids);
          case NONE -> {
            // left as they are
          }
        }
      }
      return Optional.empty();
    } catch (ImapTrouble e) {
      if (!e.wasAnswered()) {
        drop();
      }
      return Optional.of(e.getMessage());
    }
  }

  /// Gmail archives what is expunged; what is deleted there lies in the bin.
  private static void remove(OpenFolder open, Collection<Long> uids) throws ImapTrouble {
    var bin = open.line().isGmail() ? Folders.list(open.line()).special("\\Trash") : Optional.<String>empty();
    if (bin.isPresent()) {
      open.move(uids, bin.get());
    } else {
      open.delete(uids);
    }
  }

  @Override
  public Waited await(Duration atMost) {
    try {
      var open = folder();
      if (!open.line().hasCapability("IDLE")) {
        return Waited.CANNOT;
      }
      // EXISTS tells of new mail (RFC 3501, section 7.3.1).
      boolean news = open.line().hasNews() || open.line().idle(atMost, heard -> heard.keyEquals("EXISTS"));
      return news ? Waited.NEWS : Waited.QUIET;
    } catch (ImapTrouble e) {
      drop();
      return Waited.LOST;
    }
  }

  /// The folder on the line that is open, or on a new one.
  OpenFolder folder() throws ImapTrouble {
    if (folder == null) {
      if (closed) {
        throw ImapTrouble.broken(Step.CONNECT, "the mailbox is let go", null);
      }
      line = ImapLine.open(account, watch);
      folder = OpenFolder.open(line, wishes.folder(), wishes.afterImport() == AfterImport.NONE);
    }
    return folder;
  }

  /// Lets the line go; the next question opens another one.
  void drop() {
    var old = line;
    folder = null;
    line = null;
    if (old != null) {
      old.cut();
    }
  }

  private static Optional<Long> uid(String reference, OpenFolder open) {
    var parts = reference.split(":");
    return parts.length == 2 && parts[0].equals(String.valueOf(open.validity())) ? Optional.of(Long.parseLong(parts[1])) : Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    var old = line;
    if (old != null) {
      old.close();
    }
  }
}
