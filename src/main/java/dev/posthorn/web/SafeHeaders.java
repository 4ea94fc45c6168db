package dev.posthorn.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

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
    unlessSent(headers, "X-Content-Type-Options", "nosniff");
    unlessSent(headers, "Referrer-Policy", "no-referrer");
    if (!request.normalizedPath().startsWith(DOCUMENTATION)) {
      unlessSent(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    if (request.normalizedPath().startsWith(API)) {
      unlessSent(headers, "Cache-Control", "no-store");
    }
  }

  private static void unlessSent(MultiMap headers, String name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }
}
