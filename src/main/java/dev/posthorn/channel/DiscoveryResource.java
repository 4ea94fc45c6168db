package dev.posthorn.channel;

import dev.posthorn.mail.Address;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MailAddress;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Searches for the servers of an address. A search saves nothing; what it finds is what to POST to connect the mailbox.
@Path("/api/v1/mailbox-discoveries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Mailboxes")
class DiscoveryResource {
  private final DiscoverySearch search;
  private final MailboxDiscoveries discoveries;
  private final CurrentTenant tenant;

  DiscoveryResource(DiscoverySearch search, MailboxDiscoveries discoveries, CurrentTenant tenant) {
    this.search = search;
    this.discoveries = discoveries;
    this.tenant = tenant;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(touchesNetwork = true)
  @Operation(summary = "Search the servers of an address", description = "Goes on by itself; ask how far it is.")
  @APIResponseSchema(value = DiscoveryView.class, responseCode = "202", responseDescription = "The search")
  public RestResponse<DiscoveryView> begin(@Valid @NotNull NewDiscovery wanted) {
    var view = DiscoveryView.of(search.begin(tenant.id(), Address.of(wanted.address()).normalized()));
    return RestResponse.ResponseBuilder.<DiscoveryView>accepted(view).location(URI.create("/api/v1/mailbox-discoveries/" + view.id())).build();
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a search", description = "What was tried so far, and what was found.")
  @APIResponse(responseCode = "200", description = "The search")
  @APIResponse(responseCode = "404", description = "There is no such search")
  public DiscoveryView show(@PathParam("id") UUID id) {
    return DiscoveryView.of(discoveries.show(id));
  }

  /// An address whose servers are wanted.
  record NewDiscovery(@NotNull @MailAddress String address) {}

  /// A search as HTTP shows it.
  ///
  /// @param state `pending`, `found` or `not-found`
  /// @param tried every look so far, in order
  /// @param kind as which kind of mailbox it can be connected; null until something is found, as all that follows
  /// @param source where it was found: `srv`, `autoconfig`, `provider` or `guess`
  record DiscoveryView(UUID id, String address, String state, List<MailboxDiscovery.Tried> tried, String kind, MailboxWish.Server imap,
      MailboxWish.Server smtp, String username, String source, Instant createdAt, Instant updatedAt) {
    static DiscoveryView of(MailboxDiscovery row) {
      var found = Optional.ofNullable(row.found);
      return new DiscoveryView(row.id, row.address, row.state, row.tried, found.map(MailboxDiscovery.Found::kind).orElse(null),
          found.map(MailboxDiscovery.Found::imap).orElse(null), found.map(MailboxDiscovery.Found::smtp).orElse(null),
          found.map(MailboxDiscovery.Found::username).orElse(null), found.map(MailboxDiscovery.Found::source).orElse(null), row.createdAt, row.updatedAt);
    }
  }
}
