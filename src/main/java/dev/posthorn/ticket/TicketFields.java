package dev.posthorn.ticket;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What of a ticket may be edited.
///
/// @param subject one line
/// @param status name of a status
@Schema(name = "TicketChange")
record TicketFields(
    @NotBlank @Size(max = TicketDesk.MAX_SUBJECT) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*", message = "must be one line without control characters") String subject,
    @NotNull String status,
    @NotNull UUID priorityId,
    @NotNull UUID queueId) {

  static TicketFields of(Ticket ticket) {
    return new TicketFields(ticket.subject, ticket.status, ticket.priorityId, ticket.queueId);
  }
}
