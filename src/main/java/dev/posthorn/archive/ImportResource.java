package dev.posthorn.archive;

import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Tickets and mails of other systems, or of an export of Posthorn's own.
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Exports and imports")
class ImportResource {
  private static final Set<String> FORMATS = Set.of("posthorn", "mbox", "zendesk", "freshdesk");
  private static final int SHOWN_FAULTS = 100;

  private final Archives archives;
  private final ArchiveWorker worker;
  private final InboundChannels channels;
  private final Blobs blobs;
  private final Journal journal;
  private final Caller caller;
  private final ArchiveConfig config;

  ImportResource(Archives archives, ArchiveWorker worker, InboundChannels channels, Blobs blobs, Journal journal, Caller caller, ArchiveConfig config) {
    this.archives = archives;
    this.worker = worker;
    this.channels = channels;
    this.blobs = blobs;
    this.journal = journal;
    this.caller = caller;
    this.config = config;
  }

  @GET
  @Operation(summary = "List imports", description = "Newest first.")
  public Page<ImportView> list(@BeanParam PageRequest page) {
    return page.of("imports").answer((after, atMost) -> archives.page(Archive.IMPORT, after, atMost), one -> Cursor.at(one.id()), one -> ImportView.of(one, List.of()),
        () -> archives.count(Archive.IMPORT));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @NotIdempotent("The body is a stream. Sent again it is one more import, which finds that everything is here already.")
  @Operation(summary = "Import tickets and mails", description = """
      The body is the file. Mails keep their Message-IDs, so that later answers find their tickets; nobody is written to for what is imported, and no rule is asked about \
      tickets. What was imported once is not imported again; an item that cannot be is said in `faults` and stops no other.""")
  @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "202", description = "The import on its way.", content = @Content(schema = @Schema(implementation = ImportView.class)))
  @APIResponse(responseCode = "400", description = "There is no such format")
  @APIResponse(responseCode = "413", description = "It is larger than `posthorn.archive.max-import-bytes`")
  @APIResponse(responseCode = "422", description = "There is no such inbound channel")
  public RestResponse<ImportView> begin(
      @Parameter(description = "`posthorn` (the zip of an export), `mbox`, `zendesk` or `freshdesk` (their tickets in JSON).", required = true) @QueryParam("format") String format,
      @Parameter(description = "By which inbound channel what is imported is said to have come: its team and queue get it. The tenant's first, where it is left out.")
      @QueryParam("inboundChannelId") UUID inboundChannelId, @Context HttpHeaders headers, InputStream body) throws IOException {
    if (format == null || !FORMATS.contains(format)) {
      throw Refusal.badRequest("format", "One of: posthorn, mbox, zendesk, freshdesk.");
    }
    if (headers.getLength() > config.maxImportBytes()) {
      throw Refusal.tooLarge(config.maxImportBytes());
    }
    var channel = QuarkusTransaction.requiringNew().call(() -> inboundChannelId == null ? channels.find("order by id").firstResultOptional()
        : channels.findByIdOptional(inboundChannelId)).orElseThrow(() -> Refusal.unprocessable("inboundChannelId", "There is no such inbound channel.")).id;
    try (var bytes = received(body)) {
      var id = QuarkusTransaction.requiringNew().call(() -> keep(format, channel, bytes));
      worker.wake();
      return RestResponse.status(RestResponse.Status.ACCEPTED, show(id));
    }
  }

  private UUID keep(String format, UUID channel, RawMail bytes) {
    blobs.put(bytes.sha256(), bytes.size(), bytes.open());
    var id = archives.add(Archive.IMPORT, format, channel, bytes.sha256(), bytes.size());
    journal.tenant("import.requested", caller.agentId().map(Actor::agent).orElse(Actor.ADMIN), Map.of("importId", id, "format", format));
    return id;
  }

  private RawMail received(InputStream body) throws IOException {
    try (var spool = new Spool(config.maxImportBytes(), config.memoryBytes())) {
      body.transferTo(spool);
      return spool.toRawMail();
    } catch (Spool.TooLarge e) {
      throw Refusal.tooLarge(config.maxImportBytes());
    }
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show an import", description = "How far it is, and the first items that could not be imported.")
  @APIResponse(responseCode = "200", description = "The import")
  @APIResponse(responseCode = "404", description = "There is no such import")
  public ImportView show(@PathParam("id") UUID id) {
    return ImportView.of(archives.one(Archive.IMPORT, id).orElseThrow(() -> Refusal.notFound("import")), archives.faults(id, SHOWN_FAULTS));
  }

  /// An import as HTTP shows it.
  ///
  /// @param format `posthorn`, `mbox`, `zendesk` or `freshdesk`
  /// @param state `pending`, `done` or `failed`
  /// @param size of the file in bytes
  /// @param imported tickets, or mails of an mbox, that were not here
  /// @param known those that were
  /// @param refused those that could not be imported
  /// @param detail why it failed as a whole; null where it did not
  /// @param faults the first of the refused ones; empty in lists
  @Schema(name = "Import")
  record ImportView(UUID id, String format, String state, UUID inboundChannelId, long size, int imported, int known, int refused, String detail, List<FaultView> faults,
      Instant createdAt, Instant updatedAt) {
    static ImportView of(Archive one, List<Archives.Fault> faults) {
      return new ImportView(one.id(), one.format(), one.state(), one.channelId(), one.size(), one.imported(), one.known(), one.refused(), one.detail(),
          faults.stream().map(fault -> new FaultView(fault.number(), fault.item(), fault.detail())).toList(), one.createdAt(), one.updatedAt());
    }
  }

  /// An item that could not be imported.
  ///
  /// @param number its place in the file, from 1
  @Schema(name = "ImportFault")
  record FaultView(int number, String item, String detail) {}
}
