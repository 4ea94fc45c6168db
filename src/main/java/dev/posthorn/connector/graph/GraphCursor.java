package dev.posthorn.connector.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far a folder was read: the link that Graph gave for what comes next, which nobody takes apart, and what of the page behind
/// it is done already.
///
/// @param link nothing for a round from the start
/// @param first whether this is a round over what is there already, which looks at the age of each mail
/// @param done ids of that page which need no further look
record GraphCursor(Optional<String> link, boolean first, Set<String> done) {
  private static final ObjectMapper JSON = new ObjectMapper();

  GraphCursor {
    done = Set.copyOf(done);
  }

  /// Everything from the start.
  static GraphCursor begin() {
    return new GraphCursor(Optional.empty(), true, Set.of());
  }

  /// @return nothing where it is no cursor of ours
  static Optional<GraphCursor> read(String text) {
    try {
      var json = JSON.readTree(text);
      if (!json.isObject() || !json.has("first")) {
        return Optional.empty();
      }
      var done = new ArrayList<String>();
      json.path("done").forEach(id -> done.add(id.asText()));
      return Optional.of(new GraphCursor(Optional.ofNullable(json.path("link").textValue()), json.path("first").asBoolean(), Set.copyOf(done)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// The page is done but for the rest of it.
  GraphCursor with(List<String> alsoDone) {
    var all = new LinkedHashSet<>(done);
    all.addAll(alsoDone);
    return new GraphCursor(link, first, all);
  }

  /// The page is done.
  ///
  /// @param answer the page, with the link to the next one, or the one for the next round
  Optional<GraphCursor> after(JsonNode answer) {
    var next = Optional.ofNullable(answer.path("@odata.nextLink").textValue());
    return next.map(more -> new GraphCursor(Optional.of(more), first, Set.of()))
        .or(() -> Optional.ofNullable(answer.path("@odata.deltaLink").textValue()).map(end -> new GraphCursor(Optional.of(end), false, Set.of())));
  }

  String text() {
    var json = JSON.createObjectNode();
    link.ifPresent(there -> json.put("link", there));
    json.put("first", first);
    if (!done.isEmpty()) {
      var list = json.putArray("done");
      done.stream().sorted().forEach(list::add);
    }
    return json.toString();
  }
}
