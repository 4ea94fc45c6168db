package dev.posthorn.web;

import dev.posthorn.tenant.CurrentTenant;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/// What a client asks of a list: `limit`, `after`, `count`. Taken by a resource method as `@BeanParam PageRequest page`:
///
/// ```java
/// return page.of("teams").answer(
///     (after, atMost) -> teams.page(after, atMost),   // after is null on the first page
///     team -> Cursor.at(team.id()),
///     teams::count);
/// ```
public class PageRequest {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  @Parameter(description = "How many items a page has at most.", schema = @Schema(minimum = "1", maximum = "200", defaultValue = "50"))
  @QueryParam("limit")
  @DefaultValue("50")
  int limit = DEFAULT_LIMIT;

  @Parameter(description = "The `next` of the page before.")
  @QueryParam("after")
  String after;

  @Parameter(description = "Whether the answer has `total`, the size of the whole list.")
  @QueryParam("count")
  @DefaultValue("false")
  boolean count;

  @Inject CurrentTenant tenant;

  /// The list that is asked for, by its name and by everything that decides which rows it has and in which order: a
  /// cursor works only with the same list, filters, sort and tenant that it came from.
  ///
  /// @throws Refusal 400 for a limit outside 1..200
  public Listing of(String list, Object... filters) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusal.badRequest("limit", "Between 1 and " + MAX_LIMIT + ".");
    }
    return new Listing(new CursorSeal(tenant.find(), list, filters), limit, after, count);
  }
}
