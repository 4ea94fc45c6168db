package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// Tickets in JSON, one after the other, whether they stand one a line, in an array, or in an object with `tickets` and `users`. One of them is in
/// memory, and of the people beside them what is needed of each.
final class JsonTickets {
  private static final int MAX_DEPTH = 200;

  private final ObjectMapper json;
  private final ImportLimits limits;

  JsonTickets(ImportLimits limits) {
    this.limits = limits;
    this.json = new ObjectMapper(JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(limits.itemBytes()).maxNestingDepth(MAX_DEPTH).build()).build());
  }

  /// Takes an item.
  interface Taker {
    void take(Item item) throws IOException;
  }

  /// Opens the file, each time from its beginning.
  interface Opening {
    InputStream open() throws IOException;
  }

  /// Takes an element, read or too large.
  private interface Element {
    /// @param node null where it is too large
    void take(JsonNode node) throws IOException;
  }

  /// @param form makes an item of a ticket and of the people who are named beside all tickets
  /// @throws TooMuch where there are too many people
  void each(Opening file, BiFunction<JsonNode, Map<String, JsonNode>, Item> form, Taker taker) throws IOException {
    var users = people(file);
    read(file, "tickets", ticket -> taker.take(ticket == null ? tooLarge() : form.apply(ticket.path("ticket").isObject() ? ticket.path("ticket") : ticket, users)), true);
  }

  private Item tooLarge() {
    return new Item("too large", "Ticket", () -> {
      throw new IllegalArgumentException("It is longer than " + limits.itemBytes() + " bytes, or has more than " + limits.itemValues() + " values.");
    });
  }

  /// Everybody who is named beside the tickets, whether before or behind them.
  private Map<String, JsonNode> people(Opening file) throws IOException {
    var users = new HashMap<String, JsonNode>();
    read(file, "users", user -> {
      if (user != null) {
        users.put(Fields.text(user, "id"), ZendeskTickets.person(user));
      }
      if (users.size() > limits.people()) {
        throw new TooMuch("It names more than " + limits.people() + " people.");
      }
    }, false);
    return users;
  }

  /// @param name of the array whose elements are wanted
  /// @param alone whether what stands without such an array is wanted too
  private void read(Opening file, String name, Element element, boolean alone) throws IOException {
    try (var in = file.open(); var parser = new MeasuredParser(json.getFactory().createParser(in), limits.itemBytes(), limits.itemValues())) {
      boolean inArray = false;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY && !inArray || token == JsonToken.END_ARRAY) {
          inArray = token == JsonToken.START_ARRAY;
        } else if (token == JsonToken.START_OBJECT) {
          object(parser, name, element, alone);
        } else {
          element(parser, alone ? element : null);
        }
      }
    }
  }

  /// A ticket, or what holds tickets: that shows with its names.
  private void object(MeasuredParser parser, String name, Element element, boolean alone) throws IOException {
    int inside = parser.depth();
    var ticket = alone ? json.createObjectNode() : null;
    parser.begins();
    try {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        var value = parser.nextToken();
        if (value == JsonToken.START_ARRAY && (field.equals("tickets") || field.equals("users"))) {
          var pause = parser.pauses();
          array(parser, field.equals(name) ? element : null);
          ticket = field.equals("tickets") ? null : ticket;
          parser.goesOn(pause);
        } else {
          keep(parser, ticket, field);
        }
      }
      parser.ends();
    } catch (MeasuredParser.TooLarge e) {
      parser.skipTo(inside - 1);
      if (ticket != null) {
        element.take(null);
      }
      return;
    }
    if (ticket != null) {
      element.take(ticket);
    }
  }

  private void keep(MeasuredParser parser, ObjectNode ticket, String field) throws IOException {
    if (ticket == null) {
      int outside = parser.depth() - (parser.currentToken().isStructStart() ? 1 : 0);
      parser.skipTo(outside);
      parser.begins();
    } else {
      ticket.set(field, json.readTree(parser));
    }
  }

  private void array(MeasuredParser parser, Element element) throws IOException {
    int inside = parser.depth();
    if (element == null) {
      parser.skipTo(inside - 1);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element(parser, element);
    }
  }

  /// @param element null where it is not wanted
  private void element(MeasuredParser parser, Element element) throws IOException {
    int outside = parser.depth() - (parser.currentToken().isStructStart() ? 1 : 0);
    if (element == null) {
      parser.skipTo(outside);
      return;
    }
    JsonNode node = null;
    try {
      parser.begins();
      node = json.readTree(parser);
      parser.ends();
    } catch (MeasuredParser.TooLarge e) {
      parser.skipTo(outside);
    }
    element.take(node);
  }
}
