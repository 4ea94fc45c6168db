package dev.posthorn.ticket;

import dev.posthorn.web.Line;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What of a ticket may be edited.
///
/// @param subject one line
/// @param status name of a status
@Schema(name = "TicketChange")
record TicketFields(
    @NotNull @Line(max = TicketDesk.MAX_SUBJECT) String subject,
    @NotNull String status,
    @NotNull UUID priorityId,
    @NotNull UUID queueId) {

  static TicketFields of(Ticket ticket) {
    return new TicketFields(ticket.subject, ticket.status, ticket.priorityId, ticket.queueId);
  }
}
