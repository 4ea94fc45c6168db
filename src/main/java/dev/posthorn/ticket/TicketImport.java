package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.InboundChannel;
import dev.posthorn.contact.Contacts;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.HtmlSanitizer;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.QuoteSplitter;
import dev.posthorn.mail.RawMail;
import dev.posthorn.sla.Priorities;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.ImportedTicket.Letter;
import dev.posthorn.ticket.ImportedTicket.Note;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Writes a ticket that another system had, in the running transaction: its mails with their Message-IDs, so that later answers find it,
/// and what was said among agents. Nobody is written to for it, no rule is asked, no clock runs.
@ApplicationScoped
public class TicketImport {
  private static final int MAX_PEOPLE = 500;

  private final TicketDesk desk;
  private final Tickets tickets;
  private final TicketNumbers numbers;
  private final TicketTags tags;
  private final Statuses statuses;
  private final Priorities priorities;
  private final Messages messages;
  private final Comments comments;
  private final ThreadRefs threadRefs;
  private final Contacts contacts;
  private final ForwardingAddresses own;
  private final Blobs blobs;
  private final Journal journal;
  private final Clock clock;

  TicketImport(TicketDesk desk, Tickets tickets, TicketNumbers numbers, TicketTags tags, Statuses statuses, Priorities priorities, Messages messages,
      Comments comments, ThreadRefs threadRefs, Contacts contacts, ForwardingAddresses own, Blobs blobs, Journal journal, Clock clock) {
    this.desk = desk;
    this.tickets = tickets;
    this.numbers = numbers;
    this.tags = tags;
    this.statuses = statuses;
    this.priorities = priorities;
    this.messages = messages;
    this.comments = comments;
    this.threadRefs = threadRefs;
    this.contacts = contacts;
    this.own = own;
    this.blobs = blobs;
    this.journal = journal;
    this.clock = clock;
  }

  /// What is remembered of a mail while others are looked at.
  private record Seen(boolean outbound, Optional<MessageId> messageId, Address sender, List<Address> to, List<Address> cc) {}

  /// One mail after the other is here, and each twice: whether one of them is in another ticket already is known before the first is written.
  ///
  /// @return the new ticket; empty where one of its mails is in another ticket already
  /// @throws IllegalArgumentException saying why it cannot be
  public Optional<UUID> write(ImportedTicket imported, InboundChannel channel, Team team) {
    if (imported.entries().isEmpty()) {
      throw new IllegalArgumentException("There is nothing in it.");
    }
    var seen = imported.entries().stream().filter(Letter.class::isInstance).map(Letter.class::cast).map(letter -> read(letter, (raw, mail) ->
        new Seen(letter.outbound(), mail.messageId(), mail.sender(), mail.to(), mail.cc()))).toList();
    return isKnown(seen) ? Optional.empty() : Optional.of(write(imported, seen, channel, team));
  }

  private boolean isKnown(List<Seen> seen) {
    return threadRefs.find(seen.stream().flatMap(one -> one.messageId.stream()).map(ThreadRefs::ref).toList()).stream().anyMatch(ThreadRefs.ThreadRef::own);
  }

  private UUID write(ImportedTicket imported, List<Seen> seen, InboundChannel channel, Team team) {
    var people = new HashMap<String, UUID>(contacts.byAddresses(senders(imported, seen)));
    var ticket = open(imported, channel, team, contact(imported.requester(), people));
    var refs = new LinkedHashSet<ThreadRefs.ThreadRef>();
    for (var entry : imported.entries()) {
      switch (entry) {
        case Letter letter -> refs.addAll(read(letter, (raw, mail) -> {
          blobs.put(raw.sha256(), raw.size(), raw.open());
          messages.addImported(mail, letter.outbound(), ticket.id, letter.outbound() ? null : contact(mail.sender(), people));
          return Stream.concat(Messages.threadRefs(ticket.id, mail.messageId(), mail.inReplyTo(), mail.references()).stream(),
              Messages.conversationRefs(ticket.id, mail.conversations()).stream()).toList();
        }));
        case Note note -> comments.persist(comment(ticket.id, note));
      }
    }
    messages.flush();
    desk.join(participants(ticket.id, imported, seen, people));
    threadRefs.add(List.copyOf(refs));
    journal.ticket("ticket.imported", ticket.id, Actor.SYSTEM, Map.of("number", ticket.number));
    return ticket.id;
  }

  private Ticket open(ImportedTicket imported, InboundChannel channel, Team team, UUID contactId) {
    var last = imported.entries().getLast().at();
    var ticket = new Ticket();
    ticket.id = Ids.next();
    ticket.number = numbers.take(1);
    ticket.subject = CleanText.cut(imported.subject().isBlank() ? "(no subject)" : imported.subject(), TicketDesk.MAX_SUBJECT);
    ticket.queueId = channel.queueId != null ? channel.queueId : team.defaultQueueId;
    ticket.teamId = team.id;
    ticket.typeId = channel.ticketTypeId;
    ticket.contactId = contactId;
    ticket.inboundChannelId = channel.id;
    ticket.createdAt = imported.createdAt();
    ticket.priorityId = priorities.defaultId();
    ticket.lastMessageAt = imported.createdAt();
    ticket.reactedAt = imported.createdAt();
    imported.entries().stream().filter(Letter.class::isInstance).map(Letter.class::cast).forEach(letter -> {
      ticket.unanswered = !letter.outbound();
      ticket.lastMessageAt = letter.at();
    });
    var status = statuses.ofKind(imported.statusKind());
    ticket.is(status == null ? statuses.ofKind(Status.OPEN) : status, last);
    ticket.unanswered &= ticket.endedAt == null;
    // It is late by any clock, and nobody here let it become so.
    ticket.clockAt = null;
    tickets.persistAndFlush(ticket);
    tags.add(ticket.id, imported.tags());
    return ticket;
  }

  private static Comment comment(UUID ticketId, Note note) {
    var comment = new Comment();
    comment.id = Ids.next();
    comment.ticketId = ticketId;
    comment.text = note.author().isBlank() ? note.text() : note.author() + ":\n" + note.text();
    comment.createdAt = note.at();
    return comment;
  }

  private List<Participant> participants(UUID ticketId, ImportedTicket imported, List<Seen> seen, Map<String, UUID> people) {
    var found = new LinkedHashMap<String, Participant>();
    found.put(imported.requester().normalized(), participant(ticketId, imported.requester(), Participant.REQUESTER, imported.createdAt(), people));
    var ours = new ArrayList<>(seen.stream().filter(Seen::outbound).map(one -> one.sender.normalized()).toList());
    var all = seen.stream().flatMap(one -> Stream.of(List.of(one.sender), one.to, one.cc).flatMap(List::stream)).limit(MAX_PEOPLE).toList();
    ours.addAll(own.among(all.stream().map(Address::normalized).toList()));
    all.stream().filter(address -> !ours.contains(address.normalized()))
        .forEach(address -> found.putIfAbsent(address.normalized(), participant(ticketId, address, Participant.PARTICIPANT, imported.createdAt(), people)));
    return List.copyOf(found.values());
  }

  private static Participant participant(UUID ticketId, Address address, String role, Instant at, Map<String, UUID> people) {
    var row = new Participant();
    row.ticketId = ticketId;
    row.address = address.normalized();
    row.name = address.name();
    row.role = role;
    row.contactId = people.get(address.normalized());
    row.createdAt = at;
    return row;
  }

  private static List<String> senders(ImportedTicket imported, List<Seen> seen) {
    return Stream.concat(Stream.of(imported.requester()), seen.stream().filter(one -> !one.outbound).map(one -> one.sender))
        .map(Address::normalized).distinct().toList();
  }

  private UUID contact(Address address, Map<String, UUID> people) {
    return people.computeIfAbsent(address.normalized(), _ -> contacts.meet(address).id);
  }

  private <T> T read(Letter letter, BiFunction<RawMail, Incoming, T> use) {
    try (var raw = letter.raw().open(); var parsed = new MailParser(MailLimits.DEFAULT, clock).parse(raw)) {
      return switch (parsed) {
        case Parsed.Readable(Mail mail) -> use.apply(raw, incoming(raw, mail, letter.at()));
        case Parsed.Unreadable(String why) -> throw new IllegalArgumentException("One of its mails cannot be read: " + why);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Incoming incoming(RawMail raw, Mail mail, Instant at) {
    var sender = mail.from().orElseGet(() -> new Address("Unknown sender", "unknown@sender.invalid"));
    return new Incoming(null, raw.sha256(), raw.size(), at, sender, mail.replyTo(), mail.to(), mail.cc(), mail.subject().isBlank() ? "(no subject)" : mail.subject(),
        mail.messageId(), mail.inReplyTo(), mail.references(), mail.threadIndex(), mail.date(), mail.text(), mail.html().map(HtmlSanitizer::sanitize),
        QuoteSplitter.split(mail.text(), mail.html()), mail.attachments(), mail.flaws().stream().map(flaw -> flaw.code()).sorted().toList(), Optional.empty(), false,
        Optional.empty(), Optional.empty());
  }
}
