package dev.posthorn.ticket;

import dev.posthorn.web.Line;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What of a ticket may be edited.
///
/// @param subject one line
/// @param status name of a status
/// @param tags words to find it by, each once
@Schema(name = "TicketChange")
record TicketFields(
    @NotNull @Line(max = TicketDesk.MAX_SUBJECT) String subject,
    @NotNull String status,
    @NotNull UUID priorityId,
    @NotNull UUID queueId,
    UUID categoryId,
    UUID typeId,
    @NotNull @Size(max = 50) List<@NotNull @Line(max = 50) String> tags) {

  static TicketFields of(Ticket ticket, List<String> tags) {
    return new TicketFields(ticket.subject, ticket.status, ticket.priorityId, ticket.queueId, ticket.categoryId, ticket.typeId, tags);
  }
}
