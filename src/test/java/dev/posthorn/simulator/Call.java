package dev.posthorn.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What somebody asks of a realm.
///
/// @param path without the realm's own name and without the query: `/v1.0/users/...`, decoded
/// @param rawQuery as it came; empty where there is none
/// @param origin scheme, host and port that were asked
public record Call(String method, String path, String rawQuery, Map<String, List<String>> headers, byte[] body, String origin) {
  static final ObjectMapper JSON = new ObjectMapper();

  /// Headers are found by any spelling.
  public Call {
    var any = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    headers = any;
  }

  /// Whether it is this method on this path.
  public boolean is(String wantedMethod, String wantedPath) {
    return method.equals(wantedMethod) && path.equals(wantedPath);
  }

  /// The path between its slashes.
  public List<String> segments() {
    return List.of(path.substring(1).split("/"));
  }

  /// The first of its kind.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(List::getFirst);
  }

  /// Every header of the name.
  public List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /// The token of `Authorization: Bearer`.
  public Optional<String> bearer() {
    return header("Authorization").filter(value -> value.startsWith("Bearer ")).map(value -> value.substring("Bearer ".length()));
  }

  /// A parameter of the query, decoded.
  public Optional<String> query(String name) {
    return Optional.ofNullable(decoded(rawQuery).get(name));
  }

  /// The query, decoded.
  public Map<String, String> query() {
    return decoded(rawQuery);
  }

  /// The body as an HTML form.
  public Map<String, String> form() {
    return decoded(text());
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> decoded(String pairs) {
    var decoded = new LinkedHashMap<String, String>();
    for (var pair : pairs.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        decoded.put(decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return decoded;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// Never the content.
  @Override
  public String toString() {
    return method + " " + path;
  }
}
