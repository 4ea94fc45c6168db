package dev.posthorn.web;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// What the `type` of a problem leads to (RFC 9457, section 3.1.1).
@Path("/problems/{slug}")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class ProblemResource {
  @GET
  public ProblemKindView show(@PathParam("slug") String slug) {
    return ProblemKind.bySlug(slug).map(ProblemKindView::of).orElseThrow(() -> Refusal.notFound("kind of problem"));
  }

  /// A kind of problem, explained.
  record ProblemKindView(String type, String title, int status, String meaning) {
    static ProblemKindView of(ProblemKind kind) {
      return new ProblemKindView(kind.type(), kind.title(), kind.status(), kind.meaning());
    }
  }
}
