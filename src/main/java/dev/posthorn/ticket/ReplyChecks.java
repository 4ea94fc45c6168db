package dev.posthorn.ticket;

import dev.posthorn.team.Teams;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Whether a reply may be written at all.
@ApplicationScoped
class ReplyChecks {
  private final TicketScope scope;
  private final Teams teams;
  private final Messages messages;
  private final Statuses statuses;
  private final TicketConfig config;

  ReplyChecks(TicketScope scope, Teams teams, Messages messages, Statuses statuses, TicketConfig config) {
    this.scope = scope;
    this.teams = teams;
    this.messages = messages;
    this.statuses = statuses;
    this.config = config;
  }

  /// The ticket, locked: a mail that comes meanwhile is filed after the reply.
  Ticket open(UUID ticketId, ReplyRequest request) {
    boolean bringsFiles = request.attachmentIds() != null && !request.attachmentIds().isEmpty();
    new Written(request.text(), request.html()).check(config.maxTextLength(), bringsFiles);
    var ticket = scope.locked(ticketId);
    if (ticket.isClosed()) {
      throw Refusal.of(ProblemKind.TICKET_CLOSED, "The ticket is closed; DELETE its closure to answer.");
    }
    if (!teams.findById(ticket.teamId).emailHubEnabled) {
      throw Refusal.of(ProblemKind.EMAIL_HUB_OFF, "The team's EmailHub is switched off.");
    }
    return ticket;
  }

  /// The message that is answered: the one named, else the newest of the customer, else the newest.
  Message answered(Ticket ticket, ReplyRequest request, Message newest) {
    if (request.inReplyToMessageId() == null) {
      return messages.newestInbound(ticket.id).orElse(newest);
    }
    var answered = messages.findById(request.inReplyToMessageId());
    if (answered == null || !answered.ticketId.equals(ticket.id)) {
      throw Refusal.unprocessable("/inReplyToMessageId", "The ticket has no such message.");
    }
    if (Boolean.TRUE.equals(request.strict()) && !answered.id.equals(newest.id)) {
      throw Refusal.of(ProblemKind.NOT_LATEST, "The newest message is " + newest.id + ".");
    }
    return answered;
  }

  Status status(String name) {
    return statuses.byName(name).orElseThrow(() -> Refusal.unprocessable("/status", "There is no such status."));
  }
}
