package dev.posthorn.archive;

import dev.posthorn.audit.AuditedReading;
import dev.posthorn.blob.Blobs;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Everything that a tenant has, to take along.
@Path("/api/v1/exports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Exports and imports")
class ExportResource {
  private static final String ZIP = "application/zip";

  private final Archives archives;
  private final ArchiveWorker worker;
  private final Blobs blobs;
  private final Journal journal;
  private final Caller caller;

  ExportResource(Archives archives, ArchiveWorker worker, Blobs blobs, Journal journal, Caller caller) {
    this.archives = archives;
    this.worker = worker;
    this.blobs = blobs;
    this.journal = journal;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "List exports", description = "Newest first.")
  public Page<ExportView> list(@BeanParam PageRequest page) {
    return page.of("exports").answer((after, atMost) -> archives.page(Archive.EXPORT, after, atMost), export -> Cursor.at(export.id()), ExportView::of,
        () -> archives.count(Archive.EXPORT));
  }

  @POST
  @Idempotent
  @Operation(summary = "Export everything", description = """
      A zip is made of it: contacts and tickets as JSON lines, each mail as it is, and all mails in one mbox. When it is `done`, its content can be fetched until \
      it expires.""")
  @APIResponse(responseCode = "202", description = "The export on its way.", content = @Content(schema = @Schema(implementation = ExportView.class)))
  public RestResponse<ExportView> begin() {
    var id = QuarkusTransaction.joiningExisting().call(() -> {
      var made = archives.add(Archive.EXPORT, "posthorn", null, null, 0);
      journal.tenant("export.requested", caller.agentId().map(Actor::agent).orElse(Actor.ADMIN), Map.of("exportId", made));
      return made;
    });
    worker.wake();
    return RestResponse.status(RestResponse.Status.ACCEPTED, show(id));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an export", description = "How far it is.")
  @APIResponse(responseCode = "200", description = "The export")
  @APIResponse(responseCode = "404", description = "There is no such export")
  public ExportView show(@PathParam("id") UUID id) {
    return ExportView.of(existing(id));
  }

  private Archive existing(UUID id) {
    return archives.one(Archive.EXPORT, id).orElseThrow(() -> Refusal.notFound("export"));
  }

  @GET
  @Path("{id}/content")
  @AuditedReading
  @Produces(ZIP)
  @Uncompressed
  @Operation(summary = "Fetch an export", description = "The zip, streamed. Who fetched it stands in the audit.")
  @APIResponse(responseCode = "200", description = "The zip.", content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "404", description = "There is no such export")
  @APIResponse(responseCode = "409", description = "It is not done yet, or failed")
  @APIResponse(responseCode = "410", description = "It has expired")
  public Response content(@PathParam("id") UUID id) {
    var export = existing(id);
    if (export.state().equals(Archive.EXPIRED)) {
      throw Refusal.of(ProblemKind.GONE, "The export has expired.");
    }
    if (!export.state().equals(Archive.DONE)) {
      throw Refusal.conflict("The export is not done.");
    }
    return Response.ok(blobs.open(export.sha256()), ZIP).header(HttpHeaders.CONTENT_LENGTH, export.size())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"export-" + id + ".zip\"").header("X-Content-Type-Options", "nosniff").build();
  }

  /// An export as HTTP shows it.
  ///
  /// @param state `pending`, `done`, `failed` or `expired`
  /// @param size in bytes; 0 until it is done
  /// @param tickets in it, so far
  /// @param detail why it failed, or ended before its time; null where neither
  /// @param expiresAt until when its content can be fetched; null until it is done
  @Schema(name = "Export")
  record ExportView(UUID id, String state, long size, int tickets, String detail, Instant expiresAt, Instant createdAt, Instant updatedAt) {
    static ExportView of(Archive export) {
      return new ExportView(export.id(), export.state(), export.size(), export.imported(), export.detail(), export.expiresAt(), export.createdAt(), export.updatedAt());
    }
  }
}
