package dev.posthorn.web;

import dev.posthorn.tenant.Ids;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;

/// Notes for the audit what people do past the API, on pages of ours: from where, and with one id for everything that one request did.
@ApplicationScoped
public class Noting {
  private static final String REQUEST = "posthorn.noted-request";

  private final Event<Noted> notes;
  private final CurrentVertxRequest request;

  Noting(Event<Noted> notes, CurrentVertxRequest request) {
    this.notes = notes;
    this.request = request;
  }

  /// In the running transaction, which is the tenant's. The parameters are those of [Noted].
  public void note(String action, String resource, String detail, Role role, UUID agentId, String keyId) {
    var asked = Optional.ofNullable(request.getCurrent());
    notes.fire(new Noted(action, resource, detail, role, agentId, keyId, asked.map(Noting::id).orElseGet(Ids::next),
        asked.map(current -> current.request().remoteAddress()).map(SocketAddress::hostAddress).orElse("")));
  }

  private static UUID id(RoutingContext asked) {
    UUID id = asked.get(REQUEST);
    if (id == null) {
      id = Ids.next();
      asked.put(REQUEST, id);
    }
    return id;
  }
}
