package dev.posthorn.connector.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Landed;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.PulledMail.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One mailbox by Graph. What is new is said by the delta of its folder, never by a flag; a mail is what its immutable id says,
/// wherever it goes.
public final class GraphSource implements MailSource {
  private static final String DELTA =
      "/users/{user}/mailFolders/{folder}/messages/delta?changeType=created&$select=id,receivedDateTime,isRead,parentFolderId,conversationId";

  private final MailboxWishes wishes;
  private final GraphLine line;
  private final GraphFolders folders;
  private final MimeFetch mimes;
  private final GraphPush push;
  private final Clock clock;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Landed landed = new Landed();

  /// @param clock says when a mail came that does not say it itself
  public GraphSource(GraphDoor door, Account.Microsoft365 account, MailboxWishes wishes, Clock clock) {
    this.wishes = wishes;
    this.clock = clock;
    line = new GraphLine(door, account.user(), account.tokens());
    folders = new GraphFolders(line);
    mimes = new MimeFetch(line);
    push = new GraphPush(line, account.user(), () -> folder(wishes.folder()), clock);
  }

  /// One item of the list.
  private record Listed(String id, Instant receivedAt, boolean read, Optional<String> conversation) {}

  @Override
  public PullOutcome pull(Optional<String> said) {
    var cursor = said.flatMap(GraphCursor::read).orElseGet(GraphCursor::begin);
    try {
      return page(cursor);
    } catch (ApiTrouble trouble) {
      if (!GraphAnswers.isDeadCursor(trouble) || cursor.link().isEmpty()) {
        return trouble.ended();
      }
    }
    try {
      return page(GraphCursor.begin());
    } catch (ApiTrouble trouble) {
      return trouble.ended();
    }
  }

  private PullOutcome page(GraphCursor cursor) throws ApiTrouble {
    var link = cursor.link();
    var answer = link.isPresent() ? line.follow(link.get())
        : line.ask(Ask.get(DELTA, "folder", folder(wishes.folder())).with("Prefer", line.page()));
    var wanted = wanted(answer.path("value"), cursor);
    var mails = new ArrayList<PulledMail>();
    var done = new ArrayList<String>();
    long bytes = 0;
    for (int at = 0; at < wanted.size() && bytes < line.door().config().pageBytes(); at += line.door().config().atOnce()) {
      var some = wanted.subList(at, Math.min(at + line.door().config().atOnce(), wanted.size()));
      ApiTrouble trouble = null;
      for (var end : Together.each(some, this::fetched)) {
        if (end.trouble() != null) {
          trouble = end.trouble();
          continue;
        }
        done.add(end.thing().id());
        if (end.result().isPresent()) {
          mails.add(end.result().get());
          bytes += end.result().get().octets();
        }
      }
      if (trouble != null) {
        if (done.isEmpty()) {
          throw trouble;
        }
        // What there is, is landed first; the next pull meets the trouble again, or does not.
        return new PullOutcome.Page(mails, cursor.with(done).text(), true);
      }
    }
    if (done.size() < wanted.size()) {
      return new PullOutcome.Page(mails, cursor.with(done).text(), true);
    }
    var next = cursor.after(answer).orElse(cursor.with(done));
    return new PullOutcome.Page(mails, next.text(), answer.has("@odata.nextLink"));
  }

  /// What of a page is to be fetched, oldest first. An item may stand there twice, and one that was moved away or deleted is named
  /// too.
  private List<Listed> wanted(JsonNode items, GraphCursor cursor) {
    var wanted = new LinkedHashMap<String, Listed>();
    for (var item : items) {
      var one = listed(item.path("id").asText(), item);
      if (item.has("@removed")) {
        wanted.remove(one.id);
      } else if (!one.id.isEmpty() && !cursor.done().contains(one.id) && !landed.has(one.id) && !passedOver(one, cursor)) {
        wanted.put(one.id, one);
      }
    }
    return wanted.values().stream().sorted(Comparator.comparing(Listed::receivedAt)).toList();
  }

  private boolean passedOver(Listed one, GraphCursor cursor) {
    return wishes.unreadOnly() && one.read || cursor.first() && one.receivedAt.isBefore(wishes.since().minus(line.door().config().clockSlack()));
  }

  private Listed listed(String id, JsonNode item) {
    return new Listed(id, time(item.path("receivedDateTime").asText()), item.path("isRead").asBoolean(),
        Optional.of(item.path("conversationId").asText("")).filter(name -> !name.isEmpty()));
  }

  private Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return clock.instant();
    }
  }

  /// @return nothing where it was moved or deleted meanwhile
  private Optional<PulledMail> fetched(Listed one) throws ApiTrouble {
    try {
      var content = mimes.fetch(one.id);
      if (content instanceof Content.Whole(var mail) && MimeFetch.isCut(mail)) {
        mail.close();
        return Optional.of(pulled(one, new Content.Unreadable("the mail came cut off")));
      }
      return Optional.of(pulled(one, content));
    } catch (ApiTrouble trouble) {
      if (trouble.isNotFound()) {
        return Optional.empty();
      }
      if (trouble.asksForPause() || trouble.refusesToken() || trouble.isForbidden() || !trouble.wasAnswered() && !trouble.leavesDoubt()) {
        throw trouble;
      }
      // Is it the mail, or is it the server? If the server is not there, this ends the pull.
      folders.wellKnown("inbox");
      return Optional.of(pulled(one, new Content.Unreadable(trouble.getMessage())));
    }
  }

  private static PulledMail pulled(Listed one, Content content) {
    return new PulledMail(one.id, content instanceof Content.Unreadable ? "" : "graph:" + one.id, one.receivedAt, content, one.conversation);
  }

  @Override
  public Sought again(String reference) {
    try {
      var item = line.ask(Ask.get("/users/{user}/messages/{id}?$select=id,receivedDateTime,isRead,parentFolderId,conversationId", "id", reference));
      if (item.path("parentFolderId").asText().equals(bin())) {
        return new Sought.Gone();
      }
      var one = listed(reference, item);
      // One that came cut off the first time, and does so again, is what it is.
      return new Sought.Found(pulled(one, mimes.fetch(reference)));
    } catch (ApiTrouble trouble) {
      if (trouble.isNotFound()) {
        return new Sought.Gone();
      }
      if (trouble.asksForPause() || !trouble.wasAnswered()) {
        return new Sought.NotNow(trouble.getMessage());
      }
      return new Sought.Found(pulled(new Listed(reference, clock.instant(), false, Optional.empty()), new Content.Unreadable(trouble.getMessage())));
    }
  }

  @Override
  public Optional<String> imported(Collection<String> references) {
    if (references.isEmpty()) {
      return Optional.empty();
    }
    landed.add(references);
    try {
      var change = change();
      return change.flatMap(asked -> Together.each(List.copyOf(references), reference -> changed(asked, reference)).stream()
          .filter(end -> end.trouble() != null).findFirst().map(end -> end.trouble().getMessage()));
    } catch (ApiTrouble trouble) {
      return Optional.of(trouble.getMessage());
    }
  }

  /// What is done to each mail.
  private interface Change {
    Ask to(String id);
  }

  private Optional<Change> change() throws ApiTrouble {
    return switch (wishes.afterImport()) {
      case MARK_READ -> Optional.of(id -> Ask.patch(JsonNodeFactory.instance.objectNode().put("isRead", true), "/users/{user}/messages/{id}", "id", id));
      case MOVE -> {
        var target = folder(wishes.moveTo().orElseThrow());
        yield Optional.of(id -> Ask.post(JsonNodeFactory.instance.objectNode().put("destinationId", target), "/users/{user}/messages/{id}/move",
            "id", id).repeatable());
      }
      case DELETE -> Optional.of(id -> Ask.delete("/users/{user}/messages/{id}", "id", id));
      case NONE -> Optional.empty();
    };
  }

  private boolean changed(Change change, String reference) throws ApiTrouble {
    try {
      line.ask(change.to(reference));
      return true;
    } catch (ApiTrouble trouble) {
      if (trouble.isNotFound()) {
        return false;
      }
      throw trouble;
    }
  }

  private String folder(String name) throws ApiTrouble {
    var there = known.get(name);
    if (there == null) {
      there = folders.pathOf(name);
      known.put(name, there);
    }
    return there;
  }

  private String bin() throws ApiTrouble {
    var there = known.get(" bin");
    if (there == null) {
      there = folders.wellKnown("deleteditems");
      known.put(" bin", there);
    }
    return there;
  }

  /// Graph tells by notifications, which come by another way: here it must be asked.
  @Override
  public Waited await(Duration atMost) {
    return line.isClosed() ? Waited.LOST : Waited.CANNOT;
  }

  @Override
  public Optional<Announcer> announcer() {
    return Optional.of(push);
  }

  @Override
  public void close() {
    line.close();
  }
}
