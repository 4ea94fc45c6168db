package dev.posthorn.web;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/// Reads on, and throws away, what a client still sends after it was answered: a connection closed over unread bytes is
/// reset, and the client loses the answer that tells it why (RFC 9112, section 9.6); one not closed stays stuck. Whoever
/// takes too long is cut off.
@ApplicationScoped
class UnreadBodies {
  private static final int FIRST = -1_000;

  private final Duration patience;

  UnreadBodies(WebConfig config) {
    this.patience = config.unreadBodyPatience();
  }

  void install(@Observes Router router) {
    router.route().order(FIRST).handler(request -> {
      request.addEndHandler(answered -> {
        if (!request.request().isEnded()) {
          readOn(request);
        }
      });
      request.next();
    });
  }

  /// A body that was read whole is not told from one that pauses before its end until it is asked to go on: only then is
  /// there something to wait for. To cut off a connection after it has served its request would hit the next one.
  private void readOn(RoutingContext answered) {
    var request = answered.request();
    request.handler(unread -> {}).exceptionHandler(gone -> {});
    request.resume();
    if (!request.isEnded()) {
      answered.vertx().setTimer(patience.toMillis(), late -> cutOff(answered));
    }
  }

  private static void cutOff(RoutingContext answered) {
    if (answered.request().isEnded()) {
      return;
    }
    if (answered.request().version() == HttpVersion.HTTP_2) {
      answered.response().reset();
    } else {
      answered.request().connection().close();
    }
  }
}
