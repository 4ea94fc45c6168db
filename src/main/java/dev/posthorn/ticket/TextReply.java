package dev.posthorn.ticket;

import dev.posthorn.contact.Contacts;
import dev.posthorn.contact.PhoneNumber;
import dev.posthorn.mail.HtmlText;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.text.TextAccount;
import dev.posthorn.text.TextAccounts;
import dev.posthorn.text.TextConfig;
import dev.posthorn.text.TextLength;
import dev.posthorn.text.TextOutbox;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An agent answers by text message (EH-06): the message, the ticket's new state and the text in the outbox, in one transaction.
@ApplicationScoped
class TextReply {
  private final ReplyChecks checks;
  private final Outgoing outgoing;
  private final Messages messages;
  private final Templates templates;
  private final TextThreads threads;
  private final TextAccounts accounts;
  private final TextOutbox outbox;
  private final TextConfig config;
  private final Contacts contacts;
  private final Teams teams;
  private final Answering answering;
  private final TicketScope scope;

  TextReply(ReplyChecks checks, Outgoing outgoing, Messages messages, Templates templates, TextThreads threads, TextAccounts accounts, TextOutbox outbox,
      TextConfig config, Contacts contacts, Teams teams, Answering answering, TicketScope scope) {
    this.checks = checks;
    this.outgoing = outgoing;
    this.messages = messages;
    this.templates = templates;
    this.threads = threads;
    this.accounts = accounts;
    this.outbox = outbox;
    this.config = config;
    this.contacts = contacts;
    this.teams = teams;
    this.answering = answering;
    this.scope = scope;
  }

  /// By which account, and who said so.
  ///
  /// @param chosenBy `reply`, `conversation` or `team`
  record Way(TextAccount account, String chosenBy) {}

  /// @throws Refusal for a closed ticket, a contact without a number, a text that is too long, and for what no text can hold
  @Transactional
  Reply.Posted post(UUID ticketId, ReplyRequest request, Optional<UUID> author) {
    plain(request);
    var sendAt = outgoing.leaves(request.sendAt());
    var ticket = scope.locked(ticketId);
    checks.demandNotClosed(ticket);
    var newest = messages.newest(ticketId);
    var answered = checks.answered(ticket, request, newest);
    var number = number(ticket, request).orElseThrow(() -> Refusal.of(ProblemKind.CONTACT_HAS_NO_PHONE, "Nobody knows a telephone number of the requester."));
    var way = way(ticket, request);
    var message = written(ticket, text(ticket, request, author), way, number, author);
    message.notBefore = sendAt.orElse(null);
    message.outboundTextId = outbox.enqueue(way.account.id, number, message.text, sendAt).id;
    messages.addText(message);
    threads.goesOn(way.account.inboundChannelId, number, ticket.id);
    answering.done(ticket, request, author);
    return new Reply.Posted(message, way.account.id, way.chosenBy, answered.isPresent() && !answered.equals(newest), newest.map(latest -> latest.id).orElse(null));
  }

  /// What a text message does not have is refused, not left out.
  private void plain(ReplyRequest request) {
    checks.written(request.body(), false);
    refuse(request.html() != null, "/html", "A text message has no HTML.");
    refuse(request.cc() != null && !request.cc().isEmpty(), "/cc", "A text message goes to one number.");
    refuse(request.bcc() != null && !request.bcc().isEmpty(), "/bcc", "A text message goes to one number.");
    refuse(Boolean.TRUE.equals(request.replyAll()), "/replyAll", "A text message goes to one number.");
    refuse(!request.body().files().isEmpty(), "/attachmentIds", "A text message has no files.");
    refuse(request.to() != null && request.to().size() != 1, "/to", "A text message goes to one number.");
  }

  private static void refuse(boolean so, String pointer, String why) {
    if (so) {
      throw Refusal.unprocessable(pointer, why);
    }
  }

  /// The number named, else the one that the customer last wrote from, else the first that is known of them.
  private Optional<String> number(Ticket ticket, ReplyRequest request) {
    if (request.to() != null) {
      var wanted = request.to().getFirst();
      refuse(wanted == null || wanted.address() == null || !wanted.address().matches(PhoneNumber.FORM), "/to/0/address", PhoneNumber.SAID);
      return Optional.of(PhoneNumber.normalized(wanted.address()));
    }
    return known(ticket);
  }

  /// Nobody has a number any more who was forgotten.
  Optional<String> known(Ticket ticket) {
    return messages.newestInboundText(ticket.id).map(text -> text.fromAddress).filter(number -> number.matches(PhoneNumber.FORM)).or(() -> contacts.phones(ticket.contactId).stream().findFirst());
  }

  private Way way(Ticket ticket, ReplyRequest request) {
    if (request.outboundChannelId() != null) {
      return new Way(accounts.findByIdOptional(request.outboundChannelId())
          .orElseThrow(() -> Refusal.unprocessable("/outboundChannelId", "There is no such text account.")), "reply");
    }
    return usual(ticket).orElseThrow(() -> Refusal.unprocessable("/channel", "There is no text account: connect one at /api/v1/text-accounts."));
  }

  /// The account of the ticket's last text, else the team's.
  Optional<Way> usual(Ticket ticket) {
    return threads.newestOf(ticket.id).flatMap(thread -> accounts.ofChannel(thread.channelId)).map(account -> new Way(account, "conversation"))
        .or(() -> accounts.ofTeam(ticket.teamId).map(account -> new Way(account, "team")));
  }

  private String text(Ticket ticket, ReplyRequest request, Optional<UUID> author) {
    var text = request.templateId() == null ? Written.clean(request.text()) : HtmlText.of(templates.filled(request.templateId(), ticket, author).html());
    var length = TextLength.of(text.strip());
    if (length.segments() > config.maxSegments()) {
      throw Refusal.unprocessable("/text", "It would take " + length.segments() + " text messages; at most " + config.maxSegments() + " are sent.");
    }
    return text.strip();
  }

  private Message written(Ticket ticket, String text, Way way, String number, Optional<UUID> author) {
    Team team = teams.findById(ticket.teamId);
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = ticket.id;
    message.direction = Message.OUTBOUND;
    message.fromName = team.displayName;
    message.fromAddress = way.account.number;
    message.parties = new Message.Parties(List.of(new Message.Party(contacts.names(List.of(ticket.contactId)).getOrDefault(ticket.contactId, ""), number)),
        List.of(), List.of(), List.of());
    message.text = text;
    message.agentId = author.orElse(null);
    message.channelChosenBy = way.chosenBy;
    return message;
  }
}
