package dev.posthorn.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The platform's tenants, for its operator. Nothing inside of a tenant is shown here.
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
@Tag(name = "Tenants")
class TenantsResource {
  private static final String DEFAULT_LOCALE = "en";

  private final Tenants tenants;
  private final ApiKeys keys;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  TenantsResource(Tenants tenants, ApiKeys keys, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.tenants = tenants;
    this.keys = keys;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "List tenants", description = "Oldest first.")
  public Page<TenantView> list(@BeanParam PageRequest page) {
    return page.of("tenants").answer(this::page, tenant -> Cursor.at(tenant.id), TenantView::of, tenants::total);
  }

  private List<Tenant> page(Cursor after, int atMost) {
    // One that is erased between the two reads is left out.
    return tenants.ids(Optional.ofNullable(after).map(Cursor::id), atMost).stream().flatMap(id -> tenants.byId(id).stream()).toList();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(answersSecret = true)
  @Operation(summary = "Found a tenant", description = """
      The new tenant has a team `support` with its forwarding address, a queue `Inbox`, priorities and statuses, the \
      platform's relay, and one key for its administration, which is shown here and never again.""")
  @APIResponseSchema(value = FoundedView.class, responseCode = "201", responseDescription = "The tenant and its first key")
  @APIResponse(responseCode = "409", description = "Another tenant has the slug")
  public RestResponse<FoundedView> found(@Valid @NotNull NewTenant wanted) {
    var locale = Optional.ofNullable(wanted.locale()).orElse(DEFAULT_LOCALE);
    var made = tenants.found(wanted.slug(), wanted.name(), locale,
        tenant -> FoundedView.of(tenant, keys.issue(Role.ADMIN, "First key", null).key()));
    return Created.at("/api/v1/tenants/" + made.id(), made);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a tenant")
  @APIResponse(responseCode = "200", description = "The tenant")
  @APIResponse(responseCode = "404", description = "There is no such tenant")
  public TenantView show(@PathParam("id") UUID id) {
    return tenants.byId(id).map(TenantView::of).orElseThrow(() -> Refusal.notFound("tenant"));
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a tenant")
  @RequestBodySchema(TenantChange.class)
  @APIResponse(responseCode = "200", description = "The tenant as it is now")
  @APIResponse(responseCode = "404", description = "There is no such tenant")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public TenantView change(@PathParam("id") UUID id, ObjectNode patch) {
    return tenants.change(id, tenant -> {
      preconditions.check(TenantView.of(tenant));
      var wanted = mergePatch.apply(new TenantChange(tenant.name, tenant.locale), patch);
      tenant.name = wanted.name();
      tenant.locale = wanted.locale();
      tenant.updatedAt = clock.instant();
      return TenantView.of(tenant);
    }).orElseThrow(() -> Refusal.notFound("tenant"));
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Erase a tenant", description = """
      Deletes everything the tenant has: mails, tickets, contacts, keys. It cannot be undone. Its forwarding addresses \
      stay taken, so that nobody else ever receives its mail.""")
  @APIResponse(responseCode = "204", description = "Erased")
  @APIResponse(responseCode = "404", description = "There is no such tenant")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void erase(@PathParam("id") UUID id) {
    preconditions.check(show(id));
    if (!tenants.erase(id)) {
      throw Refusal.notFound("tenant");
    }
  }

  /// A tenant that is wanted.
  ///
  /// @param slug stands in its first forwarding address, and never changes
  record NewTenant(
      @NotNull @Size(min = 1, max = 30)
      @Pattern(regexp = "[a-z0-9](-?[a-z0-9])*", message = "must be of lower case letters, digits and single hyphens between them")
      String slug,
      @NotNull @Line String name,
      @LanguageTag String locale) {}

  /// What of a tenant may be changed.
  record TenantChange(@NotNull @Line String name, @NotNull @LanguageTag String locale) {}

  /// A tenant as the operator sees it.
  record TenantView(UUID id, String slug, String name, String locale, Instant createdAt, Instant updatedAt) {
    static TenantView of(Tenant tenant) {
      return new TenantView(tenant.id, tenant.slug, tenant.name, tenant.locale, tenant.createdAt, tenant.updatedAt);
    }
  }

  /// A tenant with its first key, shown once.
  record FoundedView(UUID id, String slug, String name, String locale, String adminKey, Instant createdAt, Instant updatedAt) {
    static FoundedView of(Tenant tenant, String adminKey) {
      return new FoundedView(tenant.id, tenant.slug, tenant.name, tenant.locale, adminKey, tenant.createdAt, tenant.updatedAt);
    }

    @Override
    public String toString() {
      return "FoundedView[" + slug + "]";
    }
  }
}
