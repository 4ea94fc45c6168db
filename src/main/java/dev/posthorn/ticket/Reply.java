package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An agent answers: the message, the ticket's new state and the mail in the outbox, in one transaction.
@ApplicationScoped
public class Reply {
  /// What was written.
  ///
  /// @param newestMessageId the newest message of the ticket before this reply; null for a ticket that had none
  public record Posted(Message message, UUID outboundChannelId, String chosenBy, boolean notLatest, UUID newestMessageId) {}

  private final ReplyChecks checks;
  private final ReplyPeople people;
  private final Writing writing;
  private final ReplyRoute route;
  private final Outgoing outgoing;
  private final Messages messages;
  private final Statuses statuses;
  private final SubjectTags tags;
  private final Drafting drafting;
  private final Journal journal;
  private final Clock clock;

  Reply(ReplyChecks checks, ReplyPeople people, Writing writing, ReplyRoute route, Outgoing outgoing, Messages messages, Statuses statuses,
      SubjectTags tags, Drafting drafting, Journal journal, Clock clock) {
    this.checks = checks;
    this.people = people;
    this.writing = writing;
    this.route = route;
    this.outgoing = outgoing;
    this.messages = messages;
    this.statuses = statuses;
    this.tags = tags;
    this.drafting = drafting;
    this.journal = journal;
    this.clock = clock;
  }

  /// @param author the agent whose signature goes under it; none for a key without an agent
  /// @throws Refusal for a closed ticket, a team that is switched off, recipients that cannot be
  @Transactional
  public Posted post(UUID ticketId, ReplyRequest request, Optional<UUID> author) {
    checks.channel(request.channel());
    checks.written(request.body(), false);
    var sendAt = outgoing.leaves(request.sendAt());
    var ticket = checks.open(ticketId);
    var newest = messages.newest(ticketId);
    var answered = newest.map(latest -> checks.answered(ticket, request, latest));
    var recipients = answered.map(message -> people.of(message, request, author)).orElseGet(() -> people.first(ticket, request, author));
    var way = route.choose(ticket, Optional.ofNullable(request.outboundChannelId()));
    var content = writing.of(ticket, request.body(), author);
    var message = outgoing.send(new Letter(ticket, subject(ticket, answered), recipients, way, content, answered, Optional.empty(), author, sendAt));
    remember(ticket, request, author);
    author.ifPresent(agent -> drafting.ends(ticket.id, agent));
    return new Posted(message, way.channel().id, way.chosenBy(), !answered.equals(newest), newest.map(latest -> latest.id).orElse(null));
  }

  /// The customer's client threads by the base subject; what the answered message said counts, not the ticket's (P-22).
  private String subject(Ticket ticket, Optional<Message> answered) {
    return tags.tagged(answered.map(message -> message.subject).map(subject -> subject.regionMatches(true, 0, "re:", 0, 3) ? subject : "Re: " + subject)
        .orElse(ticket.subject), ticket);
  }

  private void remember(Ticket ticket, ReplyRequest request, Optional<UUID> author) {
    var now = clock.instant();
    ticket.answers(now);
    var actor = author.map(Actor::agent).orElse(Actor.ADMIN);
    var status = request.status() != null ? checks.status(request.status())
        : statuses.ofKind(ticket.statusKind.equals(Status.NEW) ? Status.OPEN : ticket.statusKind);
    if (!status.name.equals(ticket.status) && (request.status() != null || ticket.statusKind.equals(Status.NEW))) {
      journal.ticket("ticket.status-changed", ticket.id, actor, Map.of("from", ticket.status, "to", status.name));
      ticket.is(status, now);
    }
  }
}
