package dev.posthorn.connector.gmail;

import com.google.api.services.gmail.model.BatchModifyMessagesRequest;
import com.google.api.services.gmail.model.ListHistoryResponse;
import com.google.api.services.gmail.model.Message;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Landed;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.PulledMail.Content;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// One mailbox by the Gmail API. What is new is said by its history, never by a label; a history that is too old is a round over what
/// is there.
public final class GmailSource implements MailSource {
  private static final int LIST_UNITS = 5;
  private static final int HISTORY_UNITS = 2;
  private static final int PROFILE_UNITS = 1;
  private static final int BATCH_UNITS = 50;
  private static final int TRASH_UNITS = 5;
  private static final long LIST_PAGE = 500;

  private final MailboxWishes wishes;
  private final GmailLine line;
  private final GmailLabels labels;
  private final RawFetch fetch;
  private final GmailWatch watch;
  private final Clock clock;
  private final Landed landed = new Landed();
  /// What was there at the beginning of a round, oldest first.
  private List<String> listed;

  /// @param clock says when a mail came that does not say it itself
  public GmailSource(GmailDoor door, Account.GmailApi account, MailboxWishes wishes, Clock clock) {
    this.wishes = wishes;
    this.clock = clock;
    line = new GmailLine(door, account);
    labels = new GmailLabels(line);
    fetch = new RawFetch(line);
    watch = new GmailWatch(line, () -> labels.id(wishes.folder()));
  }

  @Override
  public PullOutcome pull(Optional<String> said) {
    try {
      var cursor = said.flatMap(GmailCursor::read);
      try {
        return page(cursor.isPresent() ? cursor.get() : begin());
      } catch (HistoryTooOld e) {
        return page(begin());
      }
    } catch (HistoryTooOld e) {
      return GmailAnswers.trouble(404, "the history is too old as soon as it begins").ended();
    } catch (ApiTrouble trouble) {
      return trouble.ended();
    }
  }

  /// Google keeps the history of about a week.
  private static final class HistoryTooOld extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private GmailCursor begin() throws ApiTrouble {
    listed = null;
    return GmailCursor.begin(line.ask(PROFILE_UNITS, users -> users.getProfile(GmailLine.ME)).getHistoryId());
  }

  private PullOutcome page(GmailCursor cursor) throws ApiTrouble, HistoryTooOld {
    return cursor.listing() ? listing(cursor) : history(cursor);
  }

  private PullOutcome listing(GmailCursor cursor) throws ApiTrouble {
    if (listed == null) {
      listed = listed();
    }
    int from = cursor.last().map(last -> listed.indexOf(last) + 1).orElse(0);
    var some = listed.subList(from, Math.min(listed.size(), from + line.door().config().pageMails()));
    var got = fetched(some);
    int next = from + got.done.size();
    var after = next < listed.size() ? cursor.listedTo(listed.get(next - 1)) : GmailCursor.after(cursor.history());
    return new PullOutcome.Page(got.mails, after.text(), true);
  }

  /// Gmail lists the newest first.
  private List<String> listed() throws ApiTrouble {
    var ids = new ArrayList<String>();
    var label = labels.id(wishes.folder());
    var since = wishes.since().minus(line.door().config().clockSlack());
    var query = new StringBuilder(since.isAfter(Instant.EPOCH) ? "after:" + since.getEpochSecond() : "");
    query.append(wishes.unreadOnly() ? " is:unread" : "");
    String token = null;
    do {
      var page = token;
      var answer = line.ask(LIST_UNITS, users -> users.messages().list(GmailLine.ME).setLabelIds(List.of(label)).setMaxResults(LIST_PAGE)
          .setQ(query.isEmpty() ? null : query.toString()).setPageToken(page));
      if (answer.getMessages() != null) {
        answer.getMessages().forEach(message -> ids.add(message.getId()));
      }
      token = answer.getNextPageToken();
    } while (token != null);
    return new LinkedHashSet<>(ids).reversed().stream().toList();
  }

  private PullOutcome history(GmailCursor cursor) throws ApiTrouble, HistoryTooOld {
    var answer = changes(cursor);
    var wanted = new LinkedHashSet<String>();
    if (answer.getHistory() != null) {
      answer.getHistory().stream().filter(entry -> entry.getMessagesAdded() != null).flatMap(entry -> entry.getMessagesAdded().stream())
          .map(added -> added.getMessage()).filter(message -> isWanted(message, cursor)).forEach(message -> wanted.add(message.getId()));
    }
    var some = wanted.stream().limit(line.door().config().pageMails()).toList();
    var got = fetched(some);
    if (got.done.size() < wanted.size()) {
      return new PullOutcome.Page(got.mails, cursor.with(got.done).text(), true);
    }
    var token = answer.getNextPageToken();
    var next = token != null ? cursor.atPage(token) : GmailCursor.after(newer(answer.getHistoryId(), cursor.history()));
    return new PullOutcome.Page(got.mails, next.text(), token != null);
  }

  private static BigInteger newer(BigInteger one, BigInteger other) {
    return one == null ? other : one.max(other);
  }

  private ListHistoryResponse changes(GmailCursor cursor) throws ApiTrouble, HistoryTooOld {
    var label = labels.id(wishes.folder());
    try {
      return line.ask(HISTORY_UNITS, users -> users.history().list(GmailLine.ME).setStartHistoryId(cursor.history()).setLabelId(label)
          .setHistoryTypes(List.of("messageAdded")).setPageToken(cursor.page().orElse(null)));
    } catch (ApiTrouble trouble) {
      if (trouble.isNotFound()) {
        throw new HistoryTooOld();
      }
      throw trouble;
    }
  }

  private boolean isWanted(Message message, GmailCursor cursor) {
    boolean read = message.getLabelIds() == null || !message.getLabelIds().contains("UNREAD");
    return !cursor.done().contains(message.getId()) && !landed.has(message.getId()) && !(wishes.unreadOnly() && read);
  }

  private record Got(List<PulledMail> mails, List<String> done) {}

  /// As many of them as a page holds. Trouble ends it; what there is by then is landed first.
  private Got fetched(List<String> ids) throws ApiTrouble {
    var got = new Got(new ArrayList<>(), new ArrayList<>());
    long bytes = 0;
    for (var id : ids) {
      if (bytes >= line.door().config().pageBytes()) {
        break;
      }
      try {
        if (!landed.has(id)) {
          var mail = mail(id);
          got.mails.add(mail);
          bytes += mail.octets();
        }
        got.done.add(id);
      } catch (ApiTrouble trouble) {
        if (got.done.isEmpty()) {
          throw trouble;
        }
        break;
      }
    }
    return got;
  }

  /// One that is listed and is not to be had is looked for again, and recorded where it never is (P-58).
  private PulledMail mail(String id) throws ApiTrouble {
    try {
      return pulled(id, fetch.fetch(id));
    } catch (ApiTrouble trouble) {
      if (trouble.asksForPause() || trouble.refusesToken() || trouble.isForbidden() || !trouble.wasAnswered() && !trouble.leavesDoubt()) {
        throw trouble;
      }
      if (!trouble.isNotFound()) {
        // Is it the mail, or is it the server? If the server is not there, this ends the pull.
        line.ask(PROFILE_UNITS, users -> users.getProfile(GmailLine.ME));
      }
      return unreadable(id, trouble);
    }
  }

  private PulledMail pulled(String id, RawFetch.Got got) {
    return new PulledMail(id, "gmail:" + number(id), got.receivedAt().equals(Instant.EPOCH) ? clock.instant() : got.receivedAt(), got.content(),
        Optional.of(got.thread()).filter(thread -> !thread.isEmpty()).map(GmailSource::number));
  }

  private PulledMail unreadable(String id, ApiTrouble trouble) {
    return new PulledMail(id, "", clock.instant(), new Content.Unreadable(trouble.getMessage()));
  }

  /// The id is the one that Gmail's IMAP says in decimal (X-GM-MSGID): the same mail by either way is the same mail.
  private static String number(String id) {
    try {
      return Long.toUnsignedString(Long.parseUnsignedLong(id, 16));
    } catch (NumberFormatException e) {
      return id;
    }
  }

  @Override
  public Sought again(String reference) {
    try {
      var got = fetch.fetch(reference);
      if (got.labels().contains("TRASH")) {
        pulled(reference, got).close();
        return new Sought.Gone();
      }
      return new Sought.Found(pulled(reference, got));
    } catch (ApiTrouble trouble) {
      return trouble.wasAnswered() && !trouble.asksForPause() && !trouble.refusesToken() ? new Sought.Found(unreadable(reference, trouble))
          : new Sought.NotNow(trouble.getMessage());
    }
  }

  @Override
  public Optional<String> imported(Collection<String> references) {
    if (references.isEmpty()) {
      return Optional.empty();
    }
    landed.add(references);
    try {
      switch (wishes.afterImport()) {
        case MARK_READ -> change(references, List.of(), List.of("UNREAD"));
        case MOVE -> change(references, List.of(labels.id(wishes.moveTo().orElseThrow())), List.of(labels.id(wishes.folder())));
        case DELETE -> {
          for (var reference : references) {
            trash(reference);
          }
        }
        case NONE -> {
          // left as they are
        }
      }
      return Optional.empty();
    } catch (ApiTrouble trouble) {
      return Optional.of(trouble.getMessage());
    }
  }

  private void change(Collection<String> references, List<String> add, List<String> remove) throws ApiTrouble {
    var change = new BatchModifyMessagesRequest().setIds(List.copyOf(references)).setAddLabelIds(add).setRemoveLabelIds(remove);
    line.ask(BATCH_UNITS, users -> users.messages().batchModify(GmailLine.ME, change));
  }

  private void trash(String id) throws ApiTrouble {
    try {
      line.ask(TRASH_UNITS, users -> users.messages().trash(GmailLine.ME, id));
    } catch (ApiTrouble trouble) {
      if (!trouble.isNotFound()) {
        throw trouble;
      }
    }
  }

  /// Google tells by Pub/Sub, which comes by another way: here it must be asked.
  @Override
  public Waited await(Duration atMost) {
    return line.isClosed() ? Waited.LOST : Waited.CANNOT;
  }

  @Override
  public Optional<Announcer> announcer() {
    return Optional.of(watch);
  }

  @Override
  public void close() {
    line.close();
  }
}
