package dev.posthorn.triage;

import dev.posthorn.mail.MessageId;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.ticket.DeletedMails;
import dev.posthorn.ticket.Message;
import dev.posthorn.ticket.ThreadRefs.ThreadRef;
import dev.posthorn.ticket.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is known about the tickets that a batch of mails may belong to: read once for the whole batch, and kept up to date
/// while its mails are filed one after the other.
final class Evidence {
  /// A message that has a Message-ID of the batch.
  record KnownMessage(UUID ticketId, UUID messageId, boolean isOutbound, String fromAddress, String subject) {
    static KnownMessage of(Message row) {
      return new KnownMessage(row.ticketId, row.id, row.direction.equals(Message.OUTBOUND), row.fromAddress, row.subject);
    }

    boolean isSameAs(Reading reading) {
      return fromAddress.equalsIgnoreCase(reading.mail().sender().address()) && subject.equals(reading.mail().subject());
    }
  }

  private record OpenKey(String address, UUID teamId) {}

  private final Map<UUID, Ticket> tickets = new HashMap<>();
  private final Map<Long, Ticket> numbered = new HashMap<>();
  private final Map<UUID, List<ThreadRef>> refs = new HashMap<>();
  private final Map<UUID, Set<String>> participants = new HashMap<>();
  private final Map<String, List<KnownMessage>> messages = new HashMap<>();
  private final Map<OpenKey, UUID> openTickets = new HashMap<>();
  private final Map<String, UUID> contacts = new HashMap<>();
  private final Set<String> ownAddresses = new HashSet<>();

  /// Longer chains of merges are not followed; none is made.
  private static final int MOST_MERGES = 1_000;

  private final Map<UUID, Set<String>> subjects = new HashMap<>();
  private final Set<String> agents = new HashSet<>();
  private final Map<UUID, Person> people = new HashMap<>();
  private final Set<UUID> deleted = new HashSet<>();
  private Policies policies = Policies.NONE;

  /// The ticket in which this one goes on: itself, if it was not merged (P-26).
  Ticket goesOn(Ticket ticket) {
    var on = ticket;
    for (int merges = 0; on.isMerged() && tickets.containsKey(on.mergedIntoId) && merges < MOST_MERGES; merges++) {
      on = tickets.get(on.mergedIntoId);
    }
    return on;
  }

  boolean isDeleted(Reading reading) {
    return !deleted.isEmpty() && deletedRefs(reading).stream().anyMatch(deleted::contains);
  }

  /// What a deleted mail that is the same would be remembered by.
  static List<UUID> deletedRefs(Reading reading) {
    var mail = reading.mail();
    return DeletedMails.refs(reading.team().id, mail.messageId().map(MessageId::value).orElse(null), mail.sender().address(), mail.subject(), mail.sha256());
  }

  void addDeleted(Set<UUID> refs) {
    deleted.addAll(refs);
  }

  Policies policies() {
    return policies;
  }

  Set<String> subjects(UUID ticketId) {
    return subjects.getOrDefault(ticketId, Set.of());
  }

  boolean isAgent(String address) {
    return agents.contains(address);
  }

  void decide(Policies tenants) {
    policies = tenants;
  }

  void addSubjects(UUID ticketId, Set<String> ofMessages) {
    subjects.computeIfAbsent(ticketId, _ -> new HashSet<>()).addAll(ofMessages);
  }

  void addAgent(String address) {
    agents.add(address);
  }

  Optional<Ticket> ticket(UUID id) {
    return Optional.ofNullable(tickets.get(id));
  }

  Optional<Ticket> ticketNumbered(long number) {
    return Optional.ofNullable(numbered.get(number));
  }

  List<Ticket> ticketsKnowing(UUID ref, boolean own) {
    return refs.getOrDefault(ref, List.of()).stream()
        .filter(known -> known.own() == own)
        .map(known -> tickets.get(known.ticketId()))
        .filter(Objects::nonNull)
        .toList();
  }

  boolean takesPart(String address, UUID ticketId) {
    return participants.getOrDefault(ticketId, Set.of()).contains(address);
  }

  List<KnownMessage> messagesWith(MessageId id) {
    return messages.getOrDefault(id.value(), List.of());
  }

  Optional<UUID> openTicketOf(String address, UUID teamId) {
    return Optional.ofNullable(openTickets.get(new OpenKey(address, teamId)));
  }

  Optional<UUID> contact(String address) {
    return Optional.ofNullable(contacts.get(address));
  }

  /// What is known of a contact; nothing of one whom this batch has brought.
  Optional<Person> person(UUID contactId) {
    return Optional.ofNullable(people.get(contactId));
  }

  void addPerson(UUID contactId, Person person) {
    people.put(contactId, person);
  }

  boolean isOwn(String address) {
    return ownAddresses.contains(address);
  }

  void add(Ticket ticket) {
    tickets.put(ticket.id, ticket);
    if (ticket.number > 0) {
      numbered.put(ticket.number, ticket);
    }
  }

  void add(ThreadRef ref) {
    refs.computeIfAbsent(ref.ref(), _ -> new ArrayList<>()).add(ref);
  }

  void addParticipants(UUID ticketId, Set<String> addresses) {
    participants.computeIfAbsent(ticketId, _ -> new HashSet<>()).addAll(addresses);
  }

  void add(String messageId, KnownMessage message) {
    messages.computeIfAbsent(messageId, _ -> new ArrayList<>()).add(message);
  }

  void addOpen(String address, UUID teamId, UUID ticketId) {
    openTickets.put(new OpenKey(address, teamId), ticketId);
  }

  void addContact(String address, UUID id) {
    contacts.put(address, id);
  }

  void addOwn(String address) {
    ownAddresses.add(address);
  }
}
