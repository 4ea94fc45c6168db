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

  private void readOn(RoutingContext answered) {
    var request = answered.request();
    var timer = answered.vertx().setTimer(patience.toMillis(), late -> cutOff(answered));
    request.handler(unread -> {}).endHandler(read -> answered.vertx().cancelTimer(timer)).exceptionHandler(gone -> answered.vertx().cancelTimer(timer));
    request.resume();
  }

  private static void cutOff(RoutingContext answered) {
    if (answered.request().version() == HttpVersion.HTTP_2) {
      answered.response().reset();
    } else {
      answered.request().connection().close();
    }
  }
}
