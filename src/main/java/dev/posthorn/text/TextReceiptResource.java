package dev.posthorn.text;

import dev.posthorn.channel.InboundChannels;
import dev.posthorn.web.Line;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a gateway tells of a text that it took.
@Path("/api/v1/inbound-channels/{id}/text-receipts")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Texts")
public class TextReceiptResource {
  private final InboundChannels channels;
  private final TextAccounts accounts;
  private final TextOutbox outbox;

  TextReceiptResource(InboundChannels channels, TextAccounts accounts, TextOutbox outbox) {
    this.channels = channels;
    this.accounts = accounts;
    this.outbox = outbox;
  }

  /// @param textId the id by which the gateway was given the text
  /// @param error why it did not arrive
  @Schema(name = "TextReceipt")
  public record TextReceipt(@NotNull UUID textId, @Schema(enumeration = {"delivered", "failed"}) @NotNull @Pattern(regexp = "delivered|failed") String state,
      @Line String error) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  @NotIdempotent("A receipt says how things are: told again, it changes nothing.")
  @Operation(summary = "Tell what became of a text", description = "For gateways. `delivered` is final; `failed` shows on the message and opens its ticket again.")
  @APIResponse(responseCode = "204", description = "Noted")
  @APIResponse(responseCode = "404", description = "There is no such inbound channel")
  @APIResponse(responseCode = "409", description = "No texts come in by the channel")
  @APIResponse(responseCode = "422", description = "The account has no such text")
  public void receipt(@PathParam("id") UUID id, @Valid @NotNull TextReceipt receipt) {
    channels.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("inbound channel"));
    var account = accounts.ofChannel(id).orElseThrow(() -> Refusal.conflict("No texts come in by this channel."));
    var why = Optional.ofNullable(receipt.error()).orElse("The gateway says that it did not arrive");
    if (!outbox.receipt(account.id, receipt.textId(), receipt.state().equals(OutboundText.DELIVERED), why)) {
      throw Refusal.unprocessable("/textId", "The account has no such text.");
    }
  }
}
