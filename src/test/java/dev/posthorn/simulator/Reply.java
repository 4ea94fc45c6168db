package dev.posthorn.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a realm answers.
public record Reply(int status, Map<String, String> headers, byte[] body) {
  /// Nothing but a status.
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  /// @param value whatever Jackson can write
  public static Reply json(int status, Object value) {
    try {
      return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Call.JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Plain text.
  public static Reply text(int status, String text) {
    return new Reply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
  }

  /// A page for a browser.
  public static Reply html(int status, String page) {
    return new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
  }

  /// Bytes of some type.
  public static Reply bytes(String contentType, byte[] bytes) {
    return new Reply(200, Map.of("Content-Type", contentType), bytes);
  }

  /// Elsewhere (302).
  public static Reply redirect(String location) {
    return new Reply(302, Map.of("Location", location), new byte[0]);
  }

  /// The same with one header more.
  public Reply with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
