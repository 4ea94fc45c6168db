package dev.posthorn.web;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/// Gives every answer that shows a single resource its ETag, and answers 304 to a GET that names it in If-None-Match
/// (RFC 9110, section 13.1.2). A single resource is whatever a method returns as a record, except a [Page].
@Provider
public class ETagFilter implements ContainerResponseFilter {
  private static final Set<String> SHOWING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final ETags tags;

  ETagFilter(ETags tags) {
    this.tags = tags;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!SHOWING.contains(request.getMethod()) || response.getStatus() / 100 != 2 || !single(response.getEntity())) {
      return;
    }
    var representation = tags.representation(response.getEntity());
    var restless = response.getEntity() instanceof Restless;
    var tag = restless ? tags.of(tags.representation(((Restless) response.getEntity()).settled())) : tags.of(representation);
    var known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (known != null && !restless && READING.contains(request.getMethod()) && ETags.names(known, tag, true)) {
      response.setEntity(null);
      response.setStatus(304);
    } else {
      // Written once: what was hashed is what is sent.
      response.setEntity(representation, response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
    }
    response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
  }

  private static boolean single(Object entity) {
    return entity instanceof Record && !(entity instanceof Page<?>);
  }
}
