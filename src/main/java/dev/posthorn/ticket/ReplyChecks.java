package dev.posthorn.ticket;

import dev.posthorn.team.Teams;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
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

  /// Whether it is to leave as a text message.
  ///
  /// @throws Refusal 422 for a way that messages cannot go (EH-06, EH-07)
  boolean isText(String wanted) {
    if (wanted != null && !wanted.equals(Message.EMAIL) && !wanted.equals(Message.TEXT)) {
      throw Refusal.unprocessable("/channel", "One of: " + Message.EMAIL + ", " + Message.TEXT + ".");
    }
    return Message.TEXT.equals(wanted);
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
    demandNotClosed(ticket);
    demandHub(ticket.teamId);
  }

  /// @throws Refusal 409, and 410 for a ticket whose way in is gone (WX-13)
  void demandNotClosed(Ticket ticket) {
    if (ticket.interruptedAt != null) {
      throw Refusal.of(ProblemKind.GONE, "The " + ticket.interruptedBy.replace('-', ' ') + " that the ticket came by was deleted: move it, close it, or DELETE its interruption.");
    }
    if (ticket.isClosed()) {
      throw Refusal.of(ProblemKind.TICKET_CLOSED, "The ticket is closed; DELETE its closure to answer.");
    }
  }

  /// @throws Refusal 409 where the team sends nothing (EH-01)
  void demandHub(UUID teamId) {
    if (!teams.findById(teamId).emailHubEnabled) {
      throw Refusal.of(ProblemKind.EMAIL_HUB_OFF, "The team's EmailHub is switched off.");
    }
  }

  /// The message that is answered: the one named, else the newest of the customer, else the newest; by mail a mail.
  Optional<Message> answered(Ticket ticket, ReplyRequest request, Optional<Message> newest) {
    if (request.inReplyToMessageId() == null) {
      return Message.TEXT.equals(request.channel()) ? messages.newestInbound(ticket.id).or(() -> newest)
          : messages.newestInboundMail(ticket.id).or(() -> messages.newestMail(ticket.id));
    }
    Message answered = messages.findById(request.inReplyToMessageId());
    if (answered == null || !answered.ticketId.equals(ticket.id)) {
      throw Refusal.unprocessable("/inReplyToMessageId", "The ticket has no such message.");
    }
    if (Boolean.TRUE.equals(request.strict()) && newest.filter(message -> !message.id.equals(answered.id)).isPresent()) {
      throw Refusal.of(ProblemKind.NOT_LATEST, "The newest message is " + newest.get().id + ".");
    }
    return Optional.of(answered);
  }

  Status status(String name) {
    return statuses.byName(name).orElseThrow(() -> Refusal.unprocessable("/status", "There is no such status."));
  }
}
