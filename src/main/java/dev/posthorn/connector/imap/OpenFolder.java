package dev.posthorn.connector.imap;

import dev.posthorn.connector.Step;
import jakarta.mail.Flags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/// One folder, opened on a line: what is asked of it, each question one command.
///
/// @param validity its UIDVALIDITY
/// @param next no mail of it had this UID or a higher one when it was opened
record OpenFolder(ImapLine line, long validity, long next) {
  /// RFC 3501, section 9: `date`, always in English.
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

  static OpenFolder open(ImapLine line, String name, boolean readOnly) throws ImapTrouble {
    var folder = line.open(name, readOnly);
    if (folder.uidvalidity <= 0) {
      throw ImapTrouble.broken(Step.FOLDER, "the server gives the folder no UIDVALIDITY", null);
    }
    line.asksForMails();
    long next = folder.uidnext > 0 ? folder.uidnext : folder.total > 0 ? highest(line) + 1 : 1;
    return new OpenFolder(line, folder.uidvalidity, next);
  }

  /// For servers that say no UIDNEXT.
  private static long highest(ImapLine line) throws ImapTrouble {
    var highest = new long[1];
    line.fetch("FETCH * (UID)", mail -> highest[0] = Math.max(highest[0], uid(mail).orElse(0L)));
    return highest[0];
  }

  /// The UIDs from this one on, in their order. `n:*` also names the last mail where all are below n (RFC 3501, section 6.4.8).
  List<Long> uidsFrom(long first) throws ImapTrouble {
    line.asksForMails();
    return search("UID " + first + ":*").stream().filter(uid -> uid >= first).toList();
  }

  /// The UIDs of a range of mails that the mailbox got at that time or later, and perhaps of some that it got a day before: the
  /// server compares dates of whatever time zone.
  List<Long> uidsBetween(long from, long to, Optional<Instant> since) throws ImapTrouble {
    var range = "UID " + from + ":" + (to - 1);
    return search(since.map(time -> range + " SINCE " + DATE.format(LocalDate.ofInstant(time, ZoneOffset.UTC).minusDays(1))).orElse(range))
        .stream().filter(uid -> uid >= from && uid < to).toList();
  }

  boolean has(long uid) throws ImapTrouble {
    return search("UID " + uid).contains(uid);
  }

  /// The UIDs of the mails with that Message-ID in their header.
  List<Long> withMessageId(String messageId) throws ImapTrouble {
    return search("HEADER Message-ID \"" + messageId.replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\"");
  }

  private List<Long> search(String what) throws ImapTrouble {
    var found = new ArrayList<Long>();
    for (var answer : line.ask(Step.MAIL, "UID SEARCH " + what)) {
      if (answer instanceof IMAPResponse search && search.keyEquals("SEARCH")) {
        for (long uid = search.readLong(); uid != -1; uid = search.readLong()) {
          found.add(uid);
        }
      }
    }
    found.sort(null);
    return found;
  }

  /// What the server says of these mails, in their order. Those that it says nothing of are missing.
  List<MailFacts> facts(Collection<Long> uids, boolean withDate) throws ImapTrouble {
    var items = "UID FLAGS RFC822.SIZE" + (withDate ? " INTERNALDATE" : "") + (line.isGmail() ? " " + GmailItems.ID + " " + GmailItems.THREAD : "");
    var found = new TreeMap<Long, MailFacts>();
    line.fetch("UID FETCH " + set(uids) + " (" + items + ")",
        mail -> uid(mail).filter(uids::contains).ifPresent(uid -> found.put(uid, facts(uid, mail))));
    return List.copyOf(found.values());
  }

  private static MailFacts facts(long uid, FetchResponse mail) {
    var size = mail.getItem(RFC822SIZE.class);
    var flags = mail.getItem(FLAGS.class);
    var date = mail.getItem(INTERNALDATE.class);
    var extras = mail.getExtensionItems();
    return new MailFacts(uid, size == null ? 0 : Math.max(0, size.size), flags != null && flags.contains(Flags.Flag.SEEN),
        Optional.ofNullable(date).map(INTERNALDATE::getDate).map(Date::toInstant),
        extra(extras, GmailItems.ID), extra(extras, GmailItems.THREAD));
  }

  private static Optional<String> extra(Map<String, Object> extras, String name) {
    return Optional.ofNullable(extras).map(values -> (String) values.get(name)).filter(id -> !id.isBlank());
  }

  static Optional<Long> uid(FetchResponse mail) {
    return Optional.ofNullable(mail.getItem(UID.class)).map(item -> item.uid);
  }

  void mark(Collection<Long> uids, String flags) throws ImapTrouble {
    line.ask(Step.MAIL, "UID STORE " + set(uids) + " +FLAGS.SILENT (" + flags + ")");
  }

  /// Moves mails: by MOVE (RFC 6851), else by a copy and the removal of the original.
  void move(Collection<Long> uids, String target) throws ImapTrouble {
    var folder = new Argument().writeString(BASE64MailboxEncoder.encode(target));
    if (line.hasCapability("MOVE")) {
      line.ask(Step.MAIL, "UID MOVE " + set(uids), folder);
    } else {
      line.ask(Step.MAIL, "UID COPY " + set(uids), folder);
      delete(uids);
    }
  }

  /// Deletes these mails and no others: without UIDPLUS (RFC 4315) they are marked as deleted and stay until somebody expunges
  /// the folder, since EXPUNGE would take what others have marked.
  void delete(Collection<Long> uids) throws ImapTrouble {
    mark(uids, "\\Seen \\Deleted");
    if (line.hasCapability("UIDPLUS")) {
      line.ask(Step.MAIL, "UID EXPUNGE " + set(uids));
    }
  }

  static String set(Collection<Long> uids) {
    return uids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }
}
