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

  /// @throws Refusal 422 for a way that messages cannot go (EH-07)
  void channel(String wanted) {
    if (wanted != null && !wanted.equals(Message.EMAIL)) {
      throw Refusal.unprocessable("/channel", "Only mail can be sent: " + Message.EMAIL + ".");
    }
  }

  /// @param mayBeEmpty whether something else says enough
  void written(Body body, boolean mayBeEmpty) {
    body.check(config.maxTextLength(), mayBeEmpty);
  }

  /// The ticket, locked: a mail that comes meanwhile is filed after what is written now.
  Ticket open(UUID ticketId) {
    var ticket = scope.locked(ticketId);
    demandOpen(ticket);
    return ticket;
  }

  /// @throws Refusal 409 for a closed ticket, and for a team that sends nothing
  void demandOpen(Ticket ticket) {
    if (ticket.isClosed()) {
      throw Refusal.of(ProblemKind.TICKET_CLOSED, "The ticket is closed; DELETE its closure to answer.");
    }
    demandHub(ticket.teamId);
  }

  /// @throws Refusal 409 where the team sends nothing (EH-01)
  void demandHub(UUID teamId) {
    if (!teams.findById(teamId).emailHubEnabled) {
      throw Refusal.of(ProblemKind.EMAIL_HUB_OFF, "The team's EmailHub is switched off.");
    }
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
