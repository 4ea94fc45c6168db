package dev.posthorn.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.mail.SubjectTag;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// One's own tenant.
@Path("/api/v1/tenant")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
@RunOnVirtualThread
@Tag(name = "Tenants")
class TenantResource {
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Caller caller;
  private final ContextConfig context;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  TenantResource(Tenants tenants, CurrentTenant current, Caller caller, ContextConfig context, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.tenants = tenants;
    this.current = current;
    this.caller = caller;
    this.context = context;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Show one's own tenant")
  public OwnTenantView show() {
    return tenants.byId(current.value()).map(tenant -> OwnTenantView.of(tenant, caller.is(Role.ADMIN))).orElseThrow(() -> Refusal.notFound("tenant"));
  }

  @PATCH
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change one's own tenant")
  @RequestBodySchema(OwnTenantChange.class)
  @APIResponse(responseCode = "200", description = "The tenant as it is now")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "There is no such outbound channel")
  public OwnTenantView change(ObjectNode patch) {
    return tenants.change(current.value(), tenant -> {
      preconditions.check(OwnTenantView.of(tenant, true));
      var wanted = mergePatch.apply(OwnTenantChange.of(tenant), patch);
      tenant.name = wanted.name();
      tenant.locale = wanted.locale();
      tenant.timeZone = wanted.timeZone();
      tenant.defaultOutboundChannelId = wanted.defaultOutboundChannelId();
      tenant.subjectTag = wanted.subjectTag();
      tenant.reopenWindowDays = wanted.reopenWindowDays();
      tenant.splitOnSubjectChange = wanted.splitOnSubjectChange();
      tenant.splitOnForward = wanted.splitOnForward();
      tenant.transferTargets = wanted.transferTargets();
      tenant.contextUrl = contextUrl(wanted.contextUrl());
      tenant.updatedAt = clock.instant();
      return OwnTenantView.of(tenant, true);
    }).orElseThrow(() -> Refusal.notFound("tenant"));
  }

  /// @throws Refusal 400 for what is no such URL
  private String contextUrl(String wanted) {
    if (wanted == null) {
      return null;
    }
    try {
      var url = new URI(wanted);
      var scheme = String.valueOf(url.getScheme());
      if (url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null && wanted.equals(url.toASCIIString())
          && (scheme.equals("https") || scheme.equals("http") && context.allowUnencrypted())) {
        return wanted;
      }
    } catch (URISyntaxException e) {
      // Said below, with the others.
    }
    throw Refusal.badRequest("/contextUrl", "A URL of https is needed, without a user and without a fragment.");
  }

  /// What an admin may change.
  ///
  /// @param defaultOutboundChannelId what answers where nothing else was chosen (OD-16); null for the platform's relay
  /// @param subjectTag the word before the ticket's number in subjects: `ACME` for `[ACME#42]`; null for none
  /// @param reopenWindowDays how long after its end a ticket is opened again by an answer; later answers make a ticket that
  ///     follows it; null for ever (P-27)
  /// @param splitOnSubjectChange whether an answer with another subject is a ticket that follows (P-22)
  /// @param splitOnForward whether a conversation that is forwarded to us alone is a ticket that follows (P-25)
  /// @param transferTargets whom tickets are handed over to: `queue`, or `agent` too (WX-21)
  /// @param contextUrl where the tenant itself tells more about a customer (TH-44); null for nowhere
  record OwnTenantChange(
      @NotNull @Line String name, @NotNull @LanguageTag String locale, @NotNull @ZoneName String timeZone, UUID defaultOutboundChannelId,
      @Pattern(regexp = SubjectTag.FORM, message = "must be 1 to 30 letters, digits, blanks, dots, hyphens or underscores") String subjectTag,
      @Min(0) @Max(36_500) Integer reopenWindowDays, boolean splitOnSubjectChange, boolean splitOnForward,
      @Size(max = 1000) String contextUrl,
      @NotNull @Pattern(regexp = "queue|agent", message = "must be one of: queue, agent") String transferTargets) {
    static OwnTenantChange of(Tenant tenant) {
      return new OwnTenantChange(tenant.name, tenant.locale, tenant.timeZone, tenant.defaultOutboundChannelId, tenant.subjectTag,
          tenant.reopenWindowDays, tenant.splitOnSubjectChange, tenant.splitOnForward, tenant.contextUrl,
          tenant.transferTargets);
    }
  }

  /// The tenant as its own people see it.
  ///
  /// @param contextUrl only admins see it: it may hold a secret of theirs
  record OwnTenantView(
      UUID id, String slug, String name, String locale, String timeZone, UUID defaultOutboundChannelId, String subjectTag,
      Integer reopenWindowDays, boolean splitOnSubjectChange, boolean splitOnForward, String contextUrl, String transferTargets,
      Instant createdAt, Instant updatedAt) {
    static OwnTenantView of(Tenant tenant, boolean isAdmin) {
      return new OwnTenantView(tenant.id, tenant.slug, tenant.name, tenant.locale, tenant.timeZone, tenant.defaultOutboundChannelId,
          tenant.subjectTag, tenant.reopenWindowDays, tenant.splitOnSubjectChange, tenant.splitOnForward, isAdmin ? tenant.contextUrl : null,
          tenant.transferTargets, tenant.createdAt, tenant.updatedAt);
    }
  }
}
