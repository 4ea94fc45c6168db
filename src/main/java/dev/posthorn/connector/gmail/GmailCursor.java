package dev.posthorn.connector.gmail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far a mailbox was read.
///
/// @param history what happened after it is to be read
/// @param listing whether what was there before it is being read still
/// @param last of what was there, the last mail that is done
/// @param page of the history, where it has several
/// @param done ids of that page which need no further look
record GmailCursor(BigInteger history, boolean listing, Optional<String> last, Optional<String> page, Set<String> done) {
  private static final ObjectMapper JSON = new ObjectMapper();

  GmailCursor {
    done = Set.copyOf(done);
  }

  /// What is there already, and then what happens after that moment.
  static GmailCursor begin(BigInteger history) {
    return new GmailCursor(history, true, Optional.empty(), Optional.empty(), Set.of());
  }

  /// From there on.
  static GmailCursor after(BigInteger history) {
    return new GmailCursor(history, false, Optional.empty(), Optional.empty(), Set.of());
  }

  /// @return nothing where it is no cursor of ours
  static Optional<GmailCursor> read(String text) {
    try {
      var json = JSON.readTree(text);
      var history = json.path("history").asText("");
      if (!history.matches("\\d{1,30}")) {
        return Optional.empty();
      }
      var done = new ArrayList<String>();
      json.path("done").forEach(id -> done.add(id.asText()));
      return Optional.of(new GmailCursor(new BigInteger(history), json.path("listing").asBoolean(), Optional.ofNullable(json.path("last").textValue()),
          Optional.ofNullable(json.path("page").textValue()), Set.copyOf(done)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  GmailCursor listedTo(String id) {
    return new GmailCursor(history, true, Optional.of(id), Optional.empty(), Set.of());
  }

  GmailCursor atPage(String token) {
    return new GmailCursor(history, false, Optional.empty(), Optional.of(token), Set.of());
  }

  GmailCursor with(List<String> alsoDone) {
    var all = new LinkedHashSet<>(done);
    all.addAll(alsoDone);
    return new GmailCursor(history, listing, last, page, all);
  }

  String text() {
    var json = JSON.createObjectNode().put("history", history.toString());
    if (listing) {
      json.put("listing", true);
    }
    last.ifPresent(id -> json.put("last", id));
    page.ifPresent(token -> json.put("page", token));
    if (!done.isEmpty()) {
      var list = json.putArray("done");
      done.stream().sorted().forEach(list::add);
    }
    return json.toString();
  }
}
