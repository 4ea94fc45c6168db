package dev.posthorn.ticket;

import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
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
  private final SubjectTags tags;
  private final Answering answering;

  Reply(ReplyChecks checks, ReplyPeople people, Writing writing, ReplyRoute route, Outgoing outgoing, Messages messages,
      SubjectTags tags, Answering answering) {
    this.checks = checks;
    this.people = people;
    this.writing = writing;
    this.route = route;
    this.outgoing = outgoing;
    this.messages = messages;
    this.tags = tags;
    this.answering = answering;
  }

  /// @param author the agent whose signature goes under it; none for a key without an agent
  /// @throws Refusal for a closed ticket, a team that is switched off, recipients that cannot be
  @Transactional
  public Posted post(UUID ticketId, ReplyRequest request, Optional<UUID> author) {
    checks.written(request.body(), false);
    var sendAt = outgoing.leaves(request.sendAt());
    var ticket = checks.open(ticketId);
    var newest = messages.newest(ticketId);
    var answered = checks.answered(ticket, request, newest);
    // Nobody answers a text by mail as if it had an address.
    var mail = answered.filter(message -> !message.isText());
    var recipients = mail.map(message -> people.of(message, request, author)).orElseGet(() -> people.first(ticket, request, author));
    var way = route.choose(ticket, Optional.ofNullable(request.outboundChannelId()));
    var content = writing.of(ticket, request.body(), author);
    var message = outgoing.send(new Letter(ticket, subject(ticket, mail), recipients, way, content, mail, Optional.empty(), author, sendAt));
    answering.done(ticket, request, author);
    return new Posted(message, way.channel().id, way.chosenBy(), answered.isPresent() && !answered.equals(newest), newest.map(latest -> latest.id).orElse(null));
  }

  /// The customer's client threads by the base subject; what the answered message said counts, not the ticket's (P-22).
  private String subject(Ticket ticket, Optional<Message> answered) {
    return tags.tagged(answered.map(message -> message.subject).map(subject -> subject.regionMatches(true, 0, "re:", 0, 3) ? subject : "Re: " + subject)
        .orElse(ticket.subject), ticket);
  }
}
