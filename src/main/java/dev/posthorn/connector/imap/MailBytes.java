package dev.posthorn.connector.imap;

import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;

/// Fetches mails, piece by piece into their spools, with BODY.PEEK, which marks nothing as read (RFC 3501, section 6.4.5).
///
/// The first pieces of all mails of a page are asked for in one command, and for most mails that is all there is. A piece that
/// comes full has another one after it, whatever size the server said.
final class MailBytes {
  private final OpenFolder folder;
  private final ImapLimits limits;
  private final Instant now;
  private final Map<Long, Growing> growing = new HashMap<>();

  /// What came of a mail so far.
  private static final class Growing {
    Spool spool;
    long size;
    boolean ended;
  }

  /// @param now stands in for the time of a mail whose server does not say it
  MailBytes(OpenFolder folder, ImapLimits limits, Instant now) {
    this.folder = folder;
    this.limits = limits;
    this.now = now;
  }

  /// These mails, as far as the server hands them out, in their order. What it passes over is missing.
  ///
  /// @param done those that were had whole before trouble came are put here
  void fetch(Collection<MailFacts> wanted, Map<Long, PulledMail> done) throws ImapTrouble {
    try {
      var facts = new TreeMap<Long, MailFacts>();
      wanted.forEach(one -> facts.put(one.uid(), one));
      folder.line().fetch("UID FETCH " + OpenFolder.set(facts.keySet()) + " (UID BODY.PEEK[]<0." + limits.pieceBytes() + ">)",
          mail -> OpenFolder.uid(mail).filter(facts::containsKey).ifPresent(uid -> {
            take(uid, mail);
            if (growing.get(uid) != null && growing.get(uid).ended) {
              done.put(uid, finish(facts.get(uid)));
            }
          }));
      for (var uid : new ArrayList<>(growing.keySet()).stream().sorted().toList()) {
        done.put(uid, rest(facts.get(uid)));
      }
    } finally {
      growing.values().forEach(one -> one.spool.close());
      growing.clear();
    }
  }

  private PulledMail rest(MailFacts facts) throws ImapTrouble {
    var mail = growing.get(facts.uid());
    while (!mail.ended && mail.size < limits.mailBytes() && facts.size() <= limits.mailBytes()) {
      long before = mail.size;
      folder.line().fetch("UID FETCH " + facts.uid() + " (UID BODY.PEEK[]<" + before + "." + limits.pieceBytes() + ">)",
          piece -> OpenFolder.uid(piece).filter(uid -> uid == facts.uid()).ifPresent(uid -> take(uid, piece)));
      if (mail.size == before) {
        mail.ended = true;
      }
    }
    return finish(facts);
  }

  /// Keeps a piece. One that is shorter than was asked for is the last.
  private void take(long uid, FetchResponse mail) {
    var body = mail.getItem(BODY.class);
    if (body == null || body.getByteArray() == null) {
      return;
    }
    var piece = body.getByteArray();
    try {
      var to = growing.computeIfAbsent(uid, _ -> new Growing());
      if (to.spool == null) {
        to.spool = new Spool(limits.mailBytes() + limits.pieceBytes(), limits.memoryBytes());
      }
      to.spool.write(piece.getBytes(), piece.getStart(), piece.getCount());
      to.size += piece.getCount();
      to.ended = piece.getCount() < limits.pieceBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PulledMail finish(MailFacts facts) {
    var mail = growing.remove(facts.uid());
    var raw = mail.spool.toRawMail();
    boolean whole = mail.ended && mail.size <= limits.mailBytes();
    Content content = whole ? new Content.Whole(raw) : new Content.TooLarge(Math.max(facts.size(), mail.size), raw);
    return pulled(facts, sourceKey(facts, raw, whole), content);
  }

  /// Gmail's id is the mail's for ever. Elsewhere the bytes are: a UID is not, it changes with UIDVALIDITY.
  private static String sourceKey(MailFacts facts, RawMail raw, boolean whole) {
    return facts.gmailId().map(id -> "gmail:" + id)
        .orElseGet(() -> whole ? raw.sha256().hex() : "large:" + facts.size() + ":" + raw.sha256().hex());
  }

  PulledMail unreadable(MailFacts facts, String why) {
    return pulled(facts, "", new Content.Unreadable(why));
  }

  private PulledMail pulled(MailFacts facts, String sourceKey, Content content) {
    return new PulledMail(folder.validity() + ":" + facts.uid(), sourceKey, facts.receivedAt().orElse(now), content, facts.gmailThread());
  }

  /// The facts of a mail of which the server said none.
  static MailFacts unknown(long uid) {
    return new MailFacts(uid, 0, false, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static List<PulledMail> inOrder(Map<Long, PulledMail> done) {
    return List.copyOf(new TreeMap<>(done).values());
  }
}
