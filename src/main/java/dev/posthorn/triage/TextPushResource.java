package dev.posthorn.triage;

import dev.posthorn.contact.PhoneNumber;
import dev.posthorn.text.TextConfig;
import dev.posthorn.triage.TextFiling.Arrival;
import dev.posthorn.triage.TextFiling.Filed;
import dev.posthorn.web.Line;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The way in for text messages: a gateway hands one over; 202 only after it is in its ticket.
@Path("/api/v1/inbound-channels/{id}/texts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Texts")
public class TextPushResource {
  private final TextFiling filing;
  private final TextConfig config;

  TextPushResource(TextFiling filing, TextConfig config) {
    this.filing = filing;
    this.config = config;
  }

  /// A text that came in.
  ///
  /// @param id the gateway's own id of the text: the same id again is the same text
  /// @param from the number of who wrote it, with its country: `+4915112345678`
  /// @param receivedAt when the gateway received it; now, where it is left out
  @Schema(name = "InboundTextFields")
  public record InboundTextFields(@NotNull @Line String id, @NotNull @Pattern(regexp = PhoneNumber.FORM, message = PhoneNumber.SAID) String from,
      @NotNull String text, Instant receivedAt) {
    @Override
    public String toString() {
      return "InboundTextFields[" + id + "]";
    }
  }

  /// @param outcome `stored`, or `duplicate` when this channel has the very text already
  @Schema(name = "FiledText")
  public record FiledText(UUID id, String outcome, UUID ticketId, UUID messageId) {
    static FiledText of(Filed filed) {
      return new FiledText(filed.id(), filed.outcome(), filed.ticketId(), filed.messageId());
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @NotIdempotent("The gateway's id names the text: sent again, it is answered as a duplicate.")
  @Operation(summary = "Push a text", description = "For gateways. Files the text into the ticket in which the conversation with its number goes on, else into a new one, and answers when that is durable.")
  @APIResponseSchema(value = FiledText.class, responseCode = "202", responseDescription = "It is stored")
  @APIResponse(responseCode = "400", description = "A field is missing or has the wrong shape")
  @APIResponse(responseCode = "404", description = "There is no such inbound channel")
  @APIResponse(responseCode = "409", description = "No texts come in by the channel")
  public RestResponse<FiledText> push(@PathParam("id") UUID id, @Valid @NotNull InboundTextFields text) {
    if (text.text().length() > config.maxInboundLength()) {
      throw Refusal.badRequest("/text", "At most " + config.maxInboundLength() + " characters.");
    }
    return RestResponse.ResponseBuilder.<FiledText>accepted(FiledText.of(filing.file(id,
        new Arrival(text.id(), text.from(), text.text(), Optional.ofNullable(text.receivedAt()))))).build();
  }
}
