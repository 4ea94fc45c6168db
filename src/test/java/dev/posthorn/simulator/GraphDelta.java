package dev.posthorn.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// The delta of a folder, page by page. A link can be asked any number of times, until all of them die.
final class GraphDelta {
  private static final Pattern MAX_PAGE = Pattern.compile("odata\\.maxpagesize=(\\d+)");
  private static final int USUAL_PAGE = 10;

  /// @param entries what is to be told, in order: ids, with `-` before one that is gone
  /// @param thenSince where the next round begins
  private record State(GraphMailbox mailbox, String folder, List<String> entries, long thenSince, boolean createdOnly) {}

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final AtomicInteger emptyPages = new AtomicInteger();
  private final AtomicInteger doubledPages = new AtomicInteger();
  private Reply dead;

  /// The next so many pages hold nothing but the link to the next one.
  void emptyPages(int count) {
    emptyPages.set(count);
  }

  /// The next so many pages name each item twice.
  void doubledPages(int count) {
    doubledPages.set(count);
  }

  /// No link that was given leads anywhere any more.
  ///
  /// @param answer what is said instead
  synchronized void die(Reply answer) {
    states.clear();
    dead = answer;
  }

  synchronized Reply page(Call call, GraphMailbox mailbox, String folder) {
    var token = call.query("$skiptoken").or(() -> call.query("$deltatoken"));
    State state;
    if (token.isEmpty()) {
      state = new State(mailbox, folder, mailbox.idsIn(folder), mailbox.now(), call.query("changeType").filter("created"::equals).isPresent());
    } else if (states.containsKey(token.get())) {
      state = states.get(token.get());
    } else {
      return dead == null ? GraphRealm.error(410, "SyncStateNotFound", "The sync state was not found.") : dead;
    }
    if (call.query("$deltatoken").isPresent()) {
      state = new State(mailbox, folder, news(state), mailbox.now(), state.createdOnly);
    }
    return page(call, state);
  }

  private static List<String> news(State state) {
    var entries = new ArrayList<String>();
    for (var change : state.mailbox.since(state.thenSince, state.folder)) {
      if (change.removed()) {
        entries.add("-" + change.id());
      } else if (change.created() || !state.createdOnly) {
        entries.add(change.id());
      }
    }
    return entries;
  }

  private Reply page(Call call, State state) {
    int most = call.all("Prefer").stream().map(MAX_PAGE::matcher).filter(found -> found.find()).map(found -> Integer.parseInt(found.group(1)))
        .findFirst().orElse(USUAL_PAGE);
    int count = emptyPages.get() > 0 ? 0 : Math.min(most, state.entries.size());
    emptyPages.updateAndGet(left -> Math.max(0, left - 1));
    boolean twice = doubledPages.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    var value = new ArrayList<Object>();
    for (var entry : state.entries.subList(0, count)) {
      item(state.mailbox, entry).ifPresent(value::add);
      if (twice) {
        item(state.mailbox, entry).ifPresent(value::add);
      }
    }
    var rest = state.entries.subList(count, state.entries.size());
    boolean more = !rest.isEmpty() || count == 0 && !state.entries.isEmpty();
    var token = IssuedTokens.random();
    states.put(token, new State(state.mailbox, state.folder, more ? List.copyOf(rest) : List.of(), state.thenSince, state.createdOnly));
    var page = new LinkedHashMap<String, Object>();
    page.put("@odata.context", call.origin() + "/graph/v1.0/$metadata#Collection(message)");
    page.put("value", value);
    page.put(more ? "@odata.nextLink" : "@odata.deltaLink",
        call.origin() + "/graph" + call.path() + "?" + (more ? "%24skiptoken=" : "%24deltatoken=") + token);
    return Reply.json(200, page);
  }

  private static Optional<Object> item(GraphMailbox mailbox, String entry) {
    if (entry.startsWith("-")) {
      return Optional.of(Map.of("id", entry.substring(1), "@removed", Map.of("reason", "deleted")));
    }
    return mailbox.item(entry).map(GraphItem::json);
  }
}
