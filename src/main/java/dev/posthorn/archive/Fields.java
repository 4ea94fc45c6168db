package dev.posthorn.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what other systems write in JSON, leniently: what is missing is empty.
final class Fields {
  private Fields() {}

  static String text(JsonNode node, String... names) {
    for (var name : names) {
      var value = node.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText();
      }
    }
    return "";
  }

  static Optional<String> some(JsonNode node, String... names) {
    return Optional.of(text(node, names)).filter(text -> !text.isEmpty());
  }

  /// @throws IllegalArgumentException where there is none
  static Instant time(JsonNode node, String name) {
    try {
      return OffsetDateTime.parse(text(node, name)).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("It does not say when it was (" + name + ").", e);
    }
  }

  static Optional<Address> address(String text) {
    return text.isBlank() ? Optional.empty() : Address.parse(text);
  }

  static Optional<Address> person(JsonNode node) {
    return address(text(node, "email", "address")).map(found -> new Address(text(node, "name"), found.address()));
  }

  static List<Address> addresses(JsonNode many) {
    var found = new ArrayList<Address>();
    many.forEach(one -> (one.isTextual() ? address(one.asText()) : person(one)).ifPresent(found::add));
    return found;
  }

  static Optional<MessageId> messageId(JsonNode node, String... names) {
    return some(node, names).flatMap(text -> MessageId.parse(text.startsWith("<") ? text : "<" + text + ">"));
  }

  static List<String> texts(JsonNode many) {
    var found = new ArrayList<String>();
    many.forEach(one -> found.add(one.asText()));
    return found;
  }
}
