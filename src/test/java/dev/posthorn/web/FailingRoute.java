package dev.posthorn.web;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Routes beside REST that fail.
@ApplicationScoped
class FailingRoute {
  void install(@Observes Router router) {
    router.get("/test-failing/bug").handler(request -> {
      throw new IllegalStateException("secret words of dev.posthorn.Inside");
    });
    router.get("/test-failing/status").handler(request -> request.fail(415));
    router.get("/test-failing/teapot").handler(request -> request.fail(418));
  }
}
