package dev.posthorn.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;

/// Headers that keep answers from being taken for pages, and from being kept. An operation that sends one of them itself
/// knows better: its own stays alone.
@ApplicationScoped
class SafeHeaders {
  /// Before anybody answers, the check of the key included.
  private static final int FIRST = -1_000;

  private static final String API = "/api/";

  /// The documentation needs its scripts and styles.
  private static final String DOCUMENTATION = "/docs";

  void install(@Observes Router router) {
    router.route().order(FIRST).handler(request -> {
      request.addHeadersEndHandler(sent -> complete(request));
      request.next();
    });
  }

  private static void complete(RoutingContext request) {
    var headers = request.response().headers();
    of(request.normalizedPath(), "https".equals(request.request().scheme())).forEach((name, value) -> unlessSent(headers, name, value));
  }

  /// What an answer says of itself. Pure.
  ///
  /// @param encrypted whether the client's line is: then it stays so (RFC 6797)
  static Map<String, String> of(String path, boolean encrypted) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    headers.put("Content-Security-Policy", path.startsWith(DOCUMENTATION) ? "frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
        : "default-src 'none'; frame-ancestors 'none'");
    if (path.startsWith(API)) {
      headers.put("Cache-Control", "no-store");
    }
    if (encrypted) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }

  private static void unlessSent(MultiMap headers, String name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }
}
