package dev.posthorn.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Line;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The audit: for admins their tenant's, for the operator the platform's.
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditResource {
  static final String JSON_LINES = "application/x-ndjson";

  private final AuditReading reading;
  private final ObjectMapper json;

  AuditResource(AuditReading reading, ObjectMapper json) {
    this.reading = reading;
    this.json = json;
  }

  @GET
  @Operation(summary = "List audit records", description = "Newest first: who did what, when, from where. An admin's are the tenant's, the operator's the platform's.")
  @APIResponse(responseCode = "200", description = "A page of records.")
  @APIResponse(responseCode = "400", description = "A filter or the cursor cannot be read.")
  public Page<AuditView> list(@BeanParam PageRequest page,
      @Parameter(description = "Only this operation, by its operationId.") @QueryParam("action") @Line String action,
      @Parameter(description = "Only what was done with this key.") @QueryParam("keyId") @Line String keyId,
      @Parameter(description = "Only what this agent did.") @QueryParam("agentId") UUID agentId,
      @Parameter(description = "Only this path, as in `/tickets/{id}`, and what is below it.") @QueryParam("resource") @Line(max = 300) String resource,
      @Parameter(description = "Only since then.") @QueryParam("from") String from,
      @Parameter(description = "Only before then.") @QueryParam("to") String to) {
    var wanted = new AuditTrail.Wanted(action, keyId, agentId, resource, time("from", from), time("to", to));
    return page.of("audit", action, keyId, agentId, resource, from, to).answer(
        (after, atMost) -> reading.page(wanted, after == null ? null : after.id(), atMost), entry -> Cursor.at(entry.deed().id()), AuditView::of,
        () -> reading.count(wanted));
  }

  private static Instant time(String name, String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.badRequest(name, "A time like 2026-01-31T12:00:00Z.");
    }
  }

  @GET
  @Path("verification")
  @Operation(summary = "Verify the audit", description = """
      Goes along the whole chain. Keep `head` somewhere else and send it as `sequence` and `hash` another time: then it is found too if the end \
      of the chain was cut off, or all of it made anew.""")
  @APIResponse(responseCode = "200", description = "Whether it is whole, and else the first place where it is not.")
  @APIResponse(responseCode = "400", description = "`sequence` and `hash` come together, the hash in hexadecimal digits.")
  public AuditVerification verify(
      @Parameter(description = "A place in the chain that was whole once.") @QueryParam("sequence") Long sequence,
      @Parameter(description = "Its hash then.") @QueryParam("hash") String hash) {
    return reading.verify(anchor(sequence, hash));
  }

  private static Optional<ChainCheck.Anchor> anchor(Long sequence, String hash) {
    if (sequence == null && hash == null) {
      return Optional.empty();
    }
    if (sequence == null || sequence < 1 || hash == null || !hash.matches("[0-9a-fA-F]{64}")) {
      throw Refusal.badRequest("hash", "A sequence from 1 on, together with its hash of 64 hexadecimal digits.");
    }
    return Optional.of(new ChainCheck.Anchor(sequence, HexFormat.of().parseHex(hash)));
  }

  @GET
  @Path("export")
  @AuditedReading
  @Produces(JSON_LINES)
  @Operation(summary = "Export the audit", description = "The chain from its beginning, one record a line, each with its hash: what is needed to verify it elsewhere.")
  @APIResponse(responseCode = "200", description = "JSON lines.", content = @Content(mediaType = JSON_LINES, schema = @Schema(type = SchemaType.STRING)))
  public Response export() {
    var chain = reading.chained();
    StreamingOutput lines = out -> chain.each(link -> {
      out.write(line(link).getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    });
    return Response.ok(lines, JSON_LINES).header("Content-Disposition", "attachment; filename=\"audit.jsonl\"").build();
  }

  private String line(ChainCheck.Link link) throws JsonProcessingException {
    return json.writeValueAsString(AuditView.of(new AuditTrail.Entry(link.deed(), link.sequence(), link.hash())));
  }

  /// A record as HTTP shows it.
  ///
  /// @param role of whoever did it
  /// @param agentId null where the key stands for no agent
  /// @param contactId null where it stands for no contact
  /// @param keyId the public part of the key
  /// @param requestId the same for everything that one request did
  /// @param action the operation, by its operationId
  /// @param resource the path, without `/api/v1`
  /// @param detail a few words; null for none
  /// @param sequence the place in the chain; null for the moment until the chain has it, as the hash
  /// @param hash in hexadecimal digits
  @Schema(name = "AuditRecord")
  public record AuditView(UUID id, Instant at, String role, UUID agentId, UUID contactId, String keyId, UUID requestId, String remoteAddress, String action,
      String resource, String detail, Long sequence, String hash) {
    static AuditView of(AuditTrail.Entry entry) {
      var deed = entry.deed();
      return new AuditView(deed.id(), deed.at(), deed.role(), deed.agentId(), deed.contactId(), deed.keyId(), deed.requestId(), deed.remoteAddress(), deed.action(),
          deed.resource(), deed.detail(), entry.sequence(), entry.hash() == null ? null : HexFormat.of().formatHex(entry.hash()));
    }
  }
}
