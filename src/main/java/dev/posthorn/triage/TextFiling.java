package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.contact.Contacts;
import dev.posthorn.contact.PhoneNumber;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.CleanText;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.text.InboundTexts;
import dev.posthorn.ticket.Message;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.TextThreads;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.ticket.TicketDesk;
import dev.posthorn.ticket.TicketNumbers;
import dev.posthorn.ticket.Tickets;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Files a text message: into the ticket in which the conversation with its number goes on, else into a new one; with the row that
/// keeps it from being filed twice, in one transaction, before the gateway hears that it is stored.
@ApplicationScoped
class TextFiling {
  private static final int SUBJECT = 80;

  private final InboundChannels channels;
  private final InboundTexts texts;
  private final TextThreads threads;
  private final Teams teams;
  private final Contacts contacts;
  private final Tickets tickets;
  private final TicketDesk desk;
  private final TicketNumbers numbers;
  private final Messages messages;
  private final Journal journal;
  private final Clock clock;

  TextFiling(InboundChannels channels, InboundTexts texts, TextThreads threads, Teams teams, Contacts contacts, Tickets tickets, TicketDesk desk,
      TicketNumbers numbers, Messages messages, Journal journal, Clock clock) {
    this.channels = channels;
    this.texts = texts;
    this.threads = threads;
    this.teams = teams;
    this.contacts = contacts;
    this.tickets = tickets;
    this.desk = desk;
    this.numbers = numbers;
    this.messages = messages;
    this.journal = journal;
    this.clock = clock;
  }

  /// A text as a gateway hands it over.
  ///
  /// @param id the gateway's own
  /// @param at when the gateway received it
  record Arrival(String id, String from, String text, Optional<Instant> at) {
    @Override
    public String toString() {
      return "Arrival[" + id + "]";
    }
  }

  /// What became of it.
  ///
  /// @param outcome `stored`, or `duplicate` when the channel has the very text already
  record Filed(UUID id, String outcome, UUID ticketId, UUID messageId) {}

  /// @throws Refusal 404, 409 for a channel by which no texts come in
  @Transactional
  Filed file(UUID channelId, Arrival arrival) {
    InboundChannel channel = channels.findByIdOptional(channelId).orElseThrow(() -> Refusal.notFound("inbound channel"));
    if (!channel.kind.equals(InboundChannel.TEXT)) {
      throw Refusal.conflict("No texts come in by this channel.");
    }
    var number = PhoneNumber.normalized(arrival.from);
    texts.lock(channelId, number);
    var known = texts.known(channelId, arrival.id);
    if (known.isPresent()) {
      return new Filed(known.get().id, "duplicate", known.get().ticketId, known.get().messageId);
    }
    var open = goingOn(channelId, number);
    var contact = open.map(ticket -> ofTicket(ticket, number)).orElseGet(() -> contacts.byPhone(number).stream().findFirst())
        .orElseGet(() -> contacts.meet(number).id);
    var ticket = open.orElseGet(() -> opened(channel, arrival, contact));
    var message = message(ticket, channel, arrival, contact, open.isPresent() ? "conversation" : "new");
    var row = texts.keep(channelId, arrival.id, ticket.id, message.id, message.receivedAt);
    message.inboundTextId = row.id;
    messages.addText(message);
    threads.goesOn(channelId, number, ticket.id);
    open.ifPresent(_ -> hear(ticket, message, contact));
    return new Filed(row.id, "stored", ticket.id, message.id);
  }

  /// The ticket of the last text with the number, or the one in which that goes on, unless it is closed.
  private Optional<Ticket> goingOn(UUID channelId, String number) {
    return threads.ticketOf(channelId, number).map(id -> {
      var locked = tickets.lockWithMergeTargets(List.of(id));
      var ticket = locked.get(id);
      while (ticket.isMerged()) {
        ticket = locked.get(ticket.mergedIntoId);
      }
      return ticket;
    }).filter(ticket -> !ticket.isClosed());
  }

  /// Several people may share a number: who the ticket is about speaks for it, if it is theirs.
  private Optional<UUID> ofTicket(Ticket ticket, String number) {
    var all = contacts.byPhone(number);
    return all.contains(ticket.contactId) ? Optional.of(ticket.contactId) : all.stream().findFirst();
  }

  private Ticket opened(InboundChannel channel, Arrival arrival, UUID contact) {
    Team team = teams.findById(channel.teamId);
    contacts.flush();
    var ticket = desk.prepare(subject(arrival), received(arrival), channel, team, contact);
    ticket.followsTicketId = threads.ticketOf(channel.id, PhoneNumber.normalized(arrival.from)).orElse(null);
    ticket.number = numbers.take(1);
    desk.open(ticket, desk.beginning(Optional.empty(), Optional.empty()));
    tickets.flush();
    journal.ticket("ticket.opened", ticket.id, Actor.contact(contact), Map.of("number", ticket.number, "by", "text"));
    return ticket;
  }

  /// A text has no subject: its beginning stands for it.
  private static String subject(Arrival arrival) {
    var line = arrival.text.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "(empty text)" : CleanText.cut(line, SUBJECT);
  }

  private Instant received(Arrival arrival) {
    return arrival.at.filter(at -> at.isBefore(clock.instant())).orElseGet(clock::instant);
  }

  private Message message(Ticket ticket, InboundChannel channel, Arrival arrival, UUID contact, String placedBy) {
    var number = PhoneNumber.normalized(arrival.from);
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = ticket.id;
    message.direction = Message.INBOUND;
    message.fromName = Optional.ofNullable(contacts.names(List.of(contact)).get(contact)).filter(name -> !name.equals(number)).orElse("");
    message.fromAddress = number;
    message.parties = new Message.Parties(List.of(new Message.Party("", channel.address)), List.of(), List.of(), List.of());
    message.text = CleanText.lines(arrival.text);
    message.contactId = contact;
    message.placedBy = placedBy;
    message.receivedAt = received(arrival);
    return message;
  }

  /// Whoever works on the ticket hears of it (WX-08).
  private void hear(Ticket ticket, Message message, UUID contact) {
    var data = new LinkedHashMap<String, Object>();
    data.put("messageId", message.id);
    data.put("assigneeId", ticket.assigneeId);
    data.put("sound", true);
    journal.ticket("message.received", ticket.id, Actor.contact(contact), data);
    desk.hear(ticket, contact, message.receivedAt, "text");
  }
}
