package dev.posthorn.connector.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes query strings. Pure.
final class Queries {
  private Queries() {}

  /// `url?a=b&c=d`, encoded, in the map's order.
  static String url(String url, Map<String, String> parameters) {
    return parameters.entrySet().stream().map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&", url + "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
