package dev.posthorn.connector.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// One request to Graph, before anybody signed it.
///
/// @param template of the path below `/users/{user}`, or a whole link
/// @param values of the template
/// @param body null for none
/// @param again whether asking twice does no more than asking once
record Ask(HttpMethod method, String template, Map<String, String> values, Map<String, String> headers, byte[] body, String contentType,
    boolean again) {
  private static final String JSON = "application/json";

  static Ask get(String template, String... values) {
    return new Ask(HttpMethod.GET, template, pairs(values), Map.of(), null, null, true);
  }

  /// A link as Graph gave it.
  static Ask link(URI link) {
    return new Ask(HttpMethod.GET, link.toString(), null, Map.of(), null, null, true);
  }

  static Ask delete(String template, String... values) {
    return new Ask(HttpMethod.DELETE, template, pairs(values), Map.of(), null, null, true);
  }

  static Ask patch(JsonNode body, String template, String... values) {
    return new Ask(HttpMethod.PATCH, template, pairs(values), Map.of(), bytes(body), JSON, true);
  }

  static Ask post(JsonNode body, String template, String... values) {
    return new Ask(HttpMethod.POST, template, pairs(values), Map.of(), body == null ? new byte[0] : bytes(body), JSON, false);
  }

  static Ask post(byte[] body, String contentType, String template, String... values) {
    return new Ask(HttpMethod.POST, template, pairs(values), Map.of(), body, contentType, false);
  }

  /// Whoever asks knows that asking twice does no harm.
  Ask repeatable() {
    return new Ask(method, template, values, headers, body, contentType, true);
  }

  Ask with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Ask(method, template, values, more, body, contentType, again);
  }

  RequestInformation signed(URI graph, String user, String authorization) {
    RequestInformation request;
    if (values == null) {
      request = new RequestInformation();
      request.httpMethod = method;
      request.setUri(URI.create(template));
    } else {
      var all = new HashMap<String, Object>(values);
      all.put("baseurl", graph.toString());
      all.put("user", user);
      request = new RequestInformation(method, "{+baseurl}" + template, all);
    }
    request.headers.add("Authorization", authorization);
    headers.forEach(request.headers::add);
    if (body != null) {
      request.setStreamContent(new ByteArrayInputStream(body), contentType);
    }
    return request;
  }

  private static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> pairs(String... values) {
    var pairs = new HashMap<String, String>();
    for (int at = 0; at + 1 < values.length; at += 2) {
      pairs.put(values[at], values[at + 1]);
    }
    return pairs;
  }
}
