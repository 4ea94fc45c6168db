package dev.posthorn.audit;

import dev.posthorn.web.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/// Says of every request that writes what it is about to do, and writes down what [DeedWatch] could not: what wrote nothing here, where
/// something new is found, what was read.
class RequestAudit {
  private static final String API = "/api/v1";
  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /// Longer than every path of ours.
  private static final int MAX_RESOURCE = 300;

  private final DeedOfRequest deed;
  private final DeedWatch watch;
  private final AuditTrail trail;
  private final Caller caller;

  RequestAudit(DeedOfRequest deed, DeedWatch watch, AuditTrail trail, Caller caller) {
    this.deed = deed;
    this.watch = watch;
    this.trail = trail;
    this.caller = caller;
  }

  /// After it is known who calls.
  @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 100)
  public void begins(ContainerRequestContext request, UriInfo uri, SimpleResourceInfo operation, HttpServerRequest http) {
    if (!READING.contains(request.getMethod())) {
      begin(uri, operation, http);
    }
  }

  private void begin(UriInfo uri, SimpleResourceInfo operation, HttpServerRequest http) {
    var path = uri.getPath();
    if (caller.isKnown() && path.startsWith(API) && operation.getResourceClass() != null) {
      deed.begins(operation.getResourceClass().getSimpleName() + "_" + operation.getMethodName(), resource(path),
          http.remoteAddress() == null ? "" : http.remoteAddress().host());
    }
  }

  /// Before the first byte of the answer leaves: what cannot be written down is not answered.
  @ServerResponseFilter
  public void ends(ContainerRequestContext request, ContainerResponseContext response) {
    if (deed.action().isEmpty() || response.getStatus() / 100 != 2) {
      return;
    }
    var made = response.getStatus() == 201 ? location(response) : Optional.<String>empty();
    if (!watch.isWritten(trail.chain())) {
      write(made.orElse(deed.resource()), null);
    } else {
      made.ifPresent(resource -> write(resource, "created"));
    }
  }

  /// The same for readings that are remembered, whatever became of them.
  @AuditedReading
  @ServerResponseFilter
  public void wasRead(ContainerRequestContext request, ContainerResponseContext response, UriInfo uri, SimpleResourceInfo operation, HttpServerRequest http) {
    if (response.getStatus() < 400 && READING.contains(request.getMethod())) {
      begin(uri, operation, http);
      write(deed.resource(), null);
    }
  }

  private void write(String resource, String detail) {
    QuarkusTransaction.requiringNew().run(() -> {
      trail.write(watch.now(resource, detail));
      deed.writtenIn(trail.chain());
    });
  }

  private static Optional<String> location(ContainerResponseContext response) {
    return Optional.ofNullable(response.getHeaderString("Location")).map(URI::create).map(URI::getPath).filter(path -> path.startsWith(API))
        .map(RequestAudit::resource);
  }

  private static String resource(String path) {
    var below = path.substring(API.length());
    return below.length() <= MAX_RESOURCE ? below : below.substring(0, MAX_RESOURCE);
  }
}
