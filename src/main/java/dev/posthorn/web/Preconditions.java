package dev.posthorn.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

/// `If-Match` (RFC 9110, section 13.1.1) for PATCH, PUT and DELETE: the change happens only if the client saw the present
/// state. What changes between the check and the commit is caught by the row's version and answered 412 as well.
@RequestScoped
public class Preconditions {
  private final ETags tags;
  @Context HttpHeaders headers;

  Preconditions(ETags tags) {
    this.tags = tags;
  }

  /// Called before a change, with the very view that GET would show now. Without the header everything is fine.
  ///
  /// @throws Refusal 412 if the client saw another state
  public void check(Object currentView) {
    var wanted = headers.getHeaderString(HttpHeaders.IF_MATCH);
    if (wanted != null && !ETags.names(wanted, tags.of(tags.representation(currentView instanceof Restless restless ? restless.settled() : currentView)), false)) {
      throw Refusal.preconditionFailed();
    }
  }
}
