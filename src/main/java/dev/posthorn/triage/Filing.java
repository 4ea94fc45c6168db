package dev.posthorn.triage;

import dev.posthorn.contact.Contacts;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.intake.Explanation;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundState;
import dev.posthorn.mail.Address;
import dev.posthorn.routing.Rulebook;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.Participant;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.ThreadRefs.ThreadRef;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.ticket.TicketDesk;
import dev.posthorn.ticket.TicketNumbers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files the mails of one tenant, all or none: tickets, messages, attachments, participants, events, and the inbound rows
/// settled, in one transaction.
@ApplicationScoped
class Filing {
  private final InboundMails inboundMails;
  private final ThreadLocks locks;
  private final EvidenceReader reader;
  private final Directing directing;
  private final LoopGate loops;
  private final Confirming confirming;
  private final Contacts contacts;
  private final TicketDesk tickets;
  private final TicketNumbers numbers;
  private final Messages messages;
  private final ThreadRefs threadRefs;
  private final Journal journal;
  private final Clock clock;

  Filing(InboundMails inboundMails, ThreadLocks locks, EvidenceReader reader, Directing directing, LoopGate loops, Confirming confirming, Contacts contacts,
      TicketDesk tickets, TicketNumbers numbers, Messages messages, ThreadRefs threadRefs, Journal journal, Clock clock) {
    this.inboundMails = inboundMails;
    this.locks = locks;
    this.reader = reader;
    this.directing = directing;
    this.loops = loops;
    this.confirming = confirming;
    this.contacts = contacts;
    this.tickets = tickets;
    this.numbers = numbers;
    this.messages = messages;
    this.threadRefs = threadRefs;
    this.journal = journal;
    this.clock = clock;
  }

  /// What one mail became.
  record Filed(UUID inboundMailId, InboundState state) {}

  private record Placed(
      Reading reading, InboundMail row, Directing.Directed directed, UUID ticketId, UUID messageId, UUID contactId, List<Participant> people) {
    Placement placement() {
      return directed.verdict().placement();
    }
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<Filed> file(List<Reading> batch) {
    // Two mails of one thread, or of one new sender, are placed one after the other, whichever replicas hold them.
    locks.take(batch);
    var rows = pending(batch);
    var still = batch.stream().filter(reading -> rows.containsKey(reading.mail().inboundMailId())).toList();
    var evidence = reader.read(still);
    var watch = loops.watch(still, evidence);
    var book = directing.book();
    var placed = still.stream().map(reading -> place(reading, rows.get(reading.mail().inboundMailId()), evidence, book, watch)).toList();
    watch.keep();
    open(placed, evidence);
    placed.forEach(one -> write(one, evidence));
    messages.flush();
    tickets.join(placed.stream().flatMap(one -> one.people.stream()).toList());
    threadRefs.add(placed.stream().flatMap(one -> refs(one).stream()).toList());
    // What was in a mailbox before it was connected is old: nobody waits for a word about it.
    confirming.confirm(placed.stream().filter(one -> one.placement() instanceof Placement.Starts && !one.row.backlog)
        .map(one -> new Confirming.Opening(one.reading, evidence.ticket(one.ticketId).orElseThrow(), one.directed.decision().template())).toList());
    placed.stream().filter(one -> one.placement() instanceof Placement.Starts).forEach(one -> directing.pursue(one.directed.decision(), one.reading,
        evidence.ticket(one.ticketId).orElseThrow(), one.messageId, one.row.backlog));
    return placed.stream().map(one -> new Filed(one.row.id, InboundState.of(one.row.state))).toList();
  }

  /// The rows still to be settled, locked: a lease may have ended while the mails were read, and another worker come.
  private Map<UUID, InboundMail> pending(List<Reading> batch) {
    var ids = batch.stream().map(reading -> reading.mail().inboundMailId()).toList();
    return inboundMails.lockPending(ids).stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
  }

  private Placed place(Reading reading, InboundMail row, Evidence evidence, Rulebook book, LoopGate.Watch watch) {
    var directed = withoutLoop(directing.direct(book, reading, row.envelopeTo, Placing.place(reading, evidence), evidence), reading, watch);
    return switch (directed.verdict().placement()) {
      case Placement.OwnEcho(UUID ticket, UUID message) -> new Placed(reading, row, directed, ticket, message, null, List.of());
      case Placement.AlreadyFiled(UUID ticket, UUID message) -> new Placed(reading, row, directed, ticket, message, null, List.of());
      case Placement.Held _, Placement.Ignored _ -> new Placed(reading, row, directed, null, null, null, List.of());
      case Placement.Continues(UUID ticket, String _) -> {
        var contact = contact(reading.mail().sender(), evidence);
        yield joined(new Placed(reading, row, directed, ticket, Ids.next(), contact,
            Participants.of(reading.mail(), ticket, contact, evidence, false, Optional.empty())), evidence);
      }
      case Placement.Starts starts -> {
        var contact = contact(reading.mail().sender(), evidence);
        var requester = starts.requester().map(address -> new Participants.Requester(address, contact(address, evidence)));
        var ticket = tickets.prepare(reading.mail(), reading.channel(), reading.team(), requester.map(Participants.Requester::contactId).orElse(contact));
        directed.apply(ticket);
        watch.opened(reading, ticket.id);
        evidence.add(ticket);
        evidence.addOpen(starts.requester().orElse(reading.mail().sender()).normalized(), ticket.teamId, ticket.id);
        yield joined(new Placed(reading, row, directed, ticket.id, Ids.next(), contact,
            Participants.of(reading.mail(), ticket.id, contact, evidence, true, requester)), evidence);
      }
    };
  }

  /// What would open one ticket too many goes into the one before.
  private static Directing.Directed withoutLoop(Directing.Directed directed, Reading reading, LoopGate.Watch watch) {
    return directed.verdict().placement() instanceof Placement.Starts
        ? watch.instead(reading).map(ticket -> directed.into(ticket, LoopGate.BY)).orElse(directed)
        : directed;
  }

  /// Later mails of the same batch shall find this one.
  private static Placed joined(Placed one, Evidence evidence) {
    refs(one).forEach(evidence::add);
    evidence.addParticipants(one.ticketId, one.people.stream().map(person -> person.address).collect(Collectors.toSet()));
    var mail = one.reading.mail();
    evidence.addSubjects(one.ticketId, Set.of(mail.subject()));
    mail.messageId().ifPresent(id -> evidence.add(id.value(),
        new Evidence.KnownMessage(one.ticketId, one.messageId, false, mail.sender().address(), mail.subject())));
    return one;
  }

  private static List<ThreadRef> refs(Placed one) {
    var mail = one.reading.mail();
    return one.people.isEmpty() ? List.of() : Stream.concat(
        Messages.threadRefs(one.ticketId, mail.messageId(), mail.inReplyTo(), mail.references()).stream(),
        Messages.conversationRefs(one.ticketId, mail.conversations()).stream()).toList();
  }

  private UUID contact(Address address, Evidence evidence) {
    return evidence.contact(address.normalized()).orElseGet(() -> {
      var contact = contacts.meet(address);
      evidence.addContact(address.normalized(), contact.id);
      return contact.id;
    });
  }

  /// All new tickets of the batch take their numbers at once: the counter's row is the one thing that tickets of a tenant
  /// wait for each other at.
  private void open(List<Placed> placed, Evidence evidence) {
    var starting = placed.stream().filter(one -> one.placement() instanceof Placement.Starts).toList();
    if (starting.isEmpty()) {
      return;
    }
    var beginnings = new HashMap<List<Optional<UUID>>, TicketDesk.Beginning>();
    long number = numbers.take(starting.size());
    for (var one : starting) {
      var ticket = evidence.ticket(one.ticketId).orElseThrow();
      ticket.number = number++;
      var starts = (Placement.Starts) one.placement();
      ticket.claimsTicketId = starts.claims().orElse(null);
      ticket.followsTicketId = starts.follows().orElse(null);
      var decision = one.directed.decision();
      tickets.open(ticket, beginnings.computeIfAbsent(List.of(decision.priority(), decision.status()),
          _ -> tickets.beginning(decision.priority(), decision.status())));
      tickets.tag(ticket.id, decision.tags());
      journal.ticket("ticket.opened", ticket.id, Actor.contact(one.contactId), Map.of("number", ticket.number, "by", "mail"));
      decision.assignee().ifPresent(agent -> journal.ticket("ticket.assigned", ticket.id, Actor.SYSTEM, Map.of("to", agent, "by", Directing.BY)));
    }
  }

  private void write(Placed one, Evidence evidence) {
    var mail = one.reading.mail();
    var now = clock.instant();
    var by = one.placement().by();
    switch (one.placement()) {
      case Placement.OwnEcho _ -> settle(one, InboundState.ECHO, now);
      case Placement.AlreadyFiled _ -> settle(one, InboundState.THREADED, now);
      case Placement.Held _ -> {
        settle(one, InboundState.QUARANTINED, now);
        one.row.sender = mail.sender().address();
        one.row.subject = mail.subject();
      }
      case Placement.Ignored(String why) -> {
        settle(one, InboundState.IGNORED, now);
        if (why.equals(Placing.DELETED)) {
          one.row.forget(now);
        }
      }
      case Placement.Continues(UUID ticket, String _) -> {
        messages.add(one.messageId, mail, one.reading.standing(), ticket, one.contactId, by);
        announce(one, evidence.ticket(ticket).orElseThrow());
        hear(one, evidence.ticket(ticket).orElseThrow(), by);
        settle(one, InboundState.THREADED, now);
      }
      case Placement.Starts _ -> {
        messages.add(one.messageId, mail, one.reading.standing(), one.ticketId, one.contactId, by);
        settle(one, InboundState.TICKETED, now);
      }
    }
  }

  /// Whoever works on the ticket hears of it, whatever they are doing (WX-08, WX-09). A program's mail makes no sound.
  private void announce(Placed one, Ticket ticket) {
    var data = new LinkedHashMap<String, Object>();
    data.put("messageId", one.messageId);
    data.put("assigneeId", ticket.assigneeId);
    data.put("sound", !one.reading.isByProgram());
    journal.ticket("message.received", ticket.id, Actor.contact(one.contactId), data);
  }

  /// Only people open again what was done: an absence note and a loop are no concern of anybody's.
  private void hear(Placed one, Ticket ticket, String by) {
    var at = one.reading.mail().receivedAt();
    if (one.reading.isByProgram() || by.equals(LoopGate.BY)) {
      tickets.note(ticket, at);
    } else {
      tickets.hear(ticket, one.contactId, at);
    }
  }

  /// With its reasons and the times of its way.
  private static void settle(Placed one, InboundState end, Instant now) {
    var by = one.placement().by();
    one.row.settle(end, by, one.ticketId, one.messageId, now);
    one.row.claimedAt = one.reading.times().claimed();
    one.row.parsedAt = one.reading.times().parsed();
    one.row.explanation = new Explanation(Explanation.VERSION, end, by, one.directed.verdict().findings(), one.reading.notes(),
        one.directed.decision().rulings(), one.directed.circumstances());
  }
}
