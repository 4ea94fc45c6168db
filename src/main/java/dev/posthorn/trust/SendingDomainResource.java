package dev.posthorn.trust;

import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.IDN;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The domains of the tenant's own that our signature stands for (RFC 6376).
@Path("/api/v1/sending-domains")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Channels")
class SendingDomainResource {
  private static final Pattern DOMAIN = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private final SendingDomainDesk desk;
  private final SendingDomainCheck check;

  SendingDomainResource(SendingDomainDesk desk, SendingDomainCheck check) {
    this.desk = desk;
    this.check = check;
  }

  @GET
  @Operation(summary = "List sending domains", description = "Oldest first.")
  public Page<SendingDomainView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("sending-domains"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Add a sending domain", description = """
      Makes a pair of keys. Publish `record` in the domain's DNS and ask for a check: from then on mail may come from the domain's \\
      addresses by the platform's relay, and what leaves by the relay or by a server of one's own is signed.""")
  @APIResponseSchema(value = SendingDomainView.class, responseCode = "201", responseDescription = "The domain, with the record to publish")
  @APIResponse(responseCode = "400", description = "It is no domain")
  @APIResponse(responseCode = "409", description = "It is there already")
  public RestResponse<SendingDomainView> create(@Valid @NotNull NewSendingDomain wanted) {
    var made = desk.create(domain(wanted.domain()), SigningKey.fresh());
    return Created.at("/api/v1/sending-domains/" + made.id(), made);
  }

  private static String domain(String wanted) {
    try {
      var ascii = IDN.toASCII(wanted.strip().toLowerCase(Locale.ROOT), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      if (DOMAIN.matcher(ascii).matches()) {
        return ascii;
      }
    } catch (IllegalArgumentException e) {
      // It is none.
    }
    throw Refusal.badRequest("/domain", "A domain is needed, as in customer.example.");
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a sending domain")
  @APIResponse(responseCode = "200", description = "The domain")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  public SendingDomainView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a sending domain", description = "Its keys are forgotten: leave the record published until the last mail has arrived.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  @APIResponse(responseCode = "409", description = "An outbound channel sends from one of its addresses")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  @POST
  @Path("{id}/checks")
  @Idempotent(touchesNetwork = true)
  @Operation(summary = "Look whether the keys are published", description = "Asks the DNS now. A verified domain is looked at again by itself.")
  @APIResponse(responseCode = "200", description = "The domain as it is now; `lastError` says what is in the way")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  public SendingDomainView check(@PathParam("id") UUID id) {
    return check.run(id);
  }

  @POST
  @Path("{id}/rotations")
  @Idempotent
  @Operation(summary = "Make a new key", description = """
      Publish `next` beside the old record. The new key signs from the check on that sees it; the old record may go some days later.""")
  @APIResponse(responseCode = "200", description = "The domain with the next record")
  @APIResponse(responseCode = "404", description = "There is no such domain")
  @APIResponse(responseCode = "409", description = "Its first key is not published yet")
  public SendingDomainView rotate(@PathParam("id") UUID id) {
    return desk.rotate(id, SigningKey.fresh());
  }

  /// A domain that is wanted.
  record NewSendingDomain(@NotNull @Line(max = 253) String domain) {}

  /// What is to be published.
  ///
  /// @param value of at most 255 octets a string: most providers' forms split it by themselves
  @Schema(name = "KeyRecord")
  record KeyRecord(String name, String type, String value) {
    static KeyRecord of(String selector, String domain, String publicKey) {
      return new KeyRecord(SendingDomain.recordName(selector, domain), "TXT", SendingDomain.record(publicKey));
    }
  }

  /// A sending domain as HTTP shows it.
  ///
  /// @param state `pending` (not seen yet), `verified`, or `failing` (was seen and is not any more: mail leaves unsigned)
  /// @param record of the key that signs
  /// @param next of the key that shall sign once it is seen; null where none is wanted
  /// @param retiredSelector the name of the key before; its record may go some days after the turn
  /// @param checkedAt when the DNS was last asked
  /// @param lastError what was in the way then; null for nothing
  @Schema(name = "SendingDomain")
  record SendingDomainView(UUID id, String domain, String state, String selector, KeyRecord record, KeyRecord next, String retiredSelector,
      Instant checkedAt, String lastError, Instant createdAt, Instant updatedAt) {
    static SendingDomainView of(SendingDomain row) {
      return new SendingDomainView(row.id, row.domain, row.state, row.selector, KeyRecord.of(row.selector, row.domain, row.publicKey),
          row.nextSelector == null ? null : KeyRecord.of(row.nextSelector, row.domain, row.nextPublicKey), row.retiredSelector,
          row.checkedAt, row.lastWords, row.createdAt, row.updatedAt);
    }
  }
}
