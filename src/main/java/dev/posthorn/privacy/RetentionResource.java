package dev.posthorn.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.privacy.Retentions.Retention;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How long a tenant keeps what.
@Path("/api/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Privacy")
class RetentionResource {
  private static final int MAX_DAYS = 36_500;

  private final Retentions retentions;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;

  RetentionResource(Retentions retentions, Preconditions preconditions, MergePatch mergePatch) {
    this.retentions = retentions;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
  }

  @GET
  @Operation(summary = "Show how long what is kept", description = "Everything for ever, until it is said otherwise.")
  public RetentionView show() {
    return RetentionView.of(retentions.find());
  }

  @PATCH
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Say how long what is kept", description = """
      What is older is taken away, for good, soon and then every few hours: closed tickets with everything in them; the originals of mails, while what was read \
      of them stays; mails in quarantine; the originals of ignored mails. That they came stays in the ledger.""")
  @RequestBodySchema(RetentionView.class)
  @APIResponse(responseCode = "200", description = "How it is now")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public RetentionView change(@NotNull ObjectNode patch) {
    var current = show();
    preconditions.check(current);
    var wanted = mergePatch.apply(current, patch);
    retentions.decide(new Retention(wanted.closedTicketDays, wanted.rawMailDays, wanted.quarantineDays, wanted.ignoredMailDays));
    return wanted;
  }

  /// In days; null for ever.
  ///
  /// @param closedTicketDays after a ticket was closed
  /// @param rawMailDays after a mail came or was written, of its original
  /// @param quarantineDays after a mail came that is held back
  /// @param ignoredMailDays after a mail came that became nothing, of its original
  @Schema(name = "Retention")
  record RetentionView(
      @Min(1) @Max(MAX_DAYS) Integer closedTicketDays,
      @Min(1) @Max(MAX_DAYS) Integer rawMailDays,
      @Min(1) @Max(MAX_DAYS) Integer quarantineDays,
      @Min(1) @Max(MAX_DAYS) Integer ignoredMailDays) {
    static RetentionView of(Retention retention) {
      return new RetentionView(retention.closedTicketDays(), retention.rawMailDays(), retention.quarantineDays(), retention.ignoredMailDays());
    }
  }
}
