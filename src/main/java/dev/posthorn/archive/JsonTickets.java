package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// Tickets in JSON, one after the other, whether they stand one a line, in an array, or in an object with `tickets` and `users`.
final class JsonTickets {
  private static final int MAX_DEPTH = 200;

  private final ObjectMapper json;

  /// @param maxItemBytes of the longest text of one ticket
  JsonTickets(int maxItemBytes) {
    this.json = new ObjectMapper(JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(maxItemBytes).maxNestingDepth(MAX_DEPTH).build()).build());
  }

  /// Takes an item.
  interface Taker {
    void take(Item item) throws IOException;
  }

  /// @param form makes an item of a ticket and of the people who are named beside all tickets
  void each(InputStream bytes, BiFunction<JsonNode, Map<String, JsonNode>, Item> form, Taker taker) throws IOException {
    try (MappingIterator<JsonNode> nodes = json.readerFor(JsonNode.class).readValues(bytes)) {
      while (nodes.hasNextValue()) {
        var node = nodes.nextValue();
        if (node.path("tickets").isArray()) {
          var users = ZendeskTickets.users(node);
          for (var ticket : node.path("tickets")) {
            taker.take(form.apply(ticket, users));
          }
        } else {
          taker.take(form.apply(node.path("ticket").isObject() ? node.path("ticket") : node, new HashMap<>()));
        }
      }
    }
  }
}
