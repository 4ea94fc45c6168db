package dev.posthorn.triage;

import dev.posthorn.contact.Contact;
import dev.posthorn.contact.Contacts;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.SubjectTag;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.team.Agents;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.ticket.DeletedMails;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.ThreadRefs.ThreadRef;
import dev.posthorn.ticket.Tickets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what placing needs to know: a handful of questions for a whole batch, under its locks. The tickets found are
/// locked, so that an agent's change and the customer's mail come one after the other.
@ApplicationScoped
class EvidenceReader {
  private final Tickets tickets;
  private final ThreadRefs threadRefs;
  private final Contacts contacts;
  private final ForwardingAddresses addresses;
  private final Agents agents;
  private final DeletedMails deletedMails;
  private final Tenants tenants;
  private final CurrentTenant tenant;

  EvidenceReader(Tickets tickets, ThreadRefs threadRefs, Contacts contacts, ForwardingAddresses addresses, Agents agents,
      DeletedMails deletedMails, Tenants tenants, CurrentTenant tenant) {
    this.tickets = tickets;
    this.threadRefs = threadRefs;
    this.contacts = contacts;
    this.addresses = addresses;
    this.agents = agents;
    this.deletedMails = deletedMails;
    this.tenants = tenants;
    this.tenant = tenant;
  }

  Evidence read(List<Reading> batch) {
    var evidence = new Evidence();
    var policies = Policies.of(tenants.findById(tenant.value()));
    evidence.decide(policies);
    var known = contacts.byAddresses(senders(batch));
    known.forEach(evidence::addContact);
    contacts.byIds(known.values()).forEach((id, contact) -> evidence.addPerson(id, person(contact)));
    var refs = threadRefs.find(refs(batch));
    refs.forEach(evidence::add);
    var open = openTickets(batch, evidence);
    var ids = new HashSet<UUID>(open);
    refs.stream().map(ThreadRef::ticketId).forEach(ids::add);
    ids.addAll(tickets.idsOfNumbers(numbers(batch, policies)));
    tickets.lockWithMergeTargets(ids).forEach((id, ticket) -> {
      ids.add(id);
      evidence.add(ticket);
    });
    tickets.participants(ids).forEach(evidence::addParticipants);
    tickets.messages(tickets.withMergeTargets(ownIds(refs, batch)), messageIds(batch))
        .forEach(message -> evidence.add(message.messageId, Evidence.KnownMessage.of(message)));
    if (policies.splitOnSubjectChange()) {
      tickets.subjects(ids).forEach(evidence::addSubjects);
    }
    evidence.addDeleted(deletedMails.among(batch.stream().flatMap(reading -> Evidence.deletedRefs(reading).stream()).toList()));
    addresses.among(mentioned(batch)).forEach(evidence::addOwn);
    agents.addresses(addresses(batch)).forEach(evidence::addAgent);
    return evidence;
  }

  private static Person person(Contact contact) {
    return new Person(Optional.ofNullable(contact.type), Optional.ofNullable(contact.ownerId), contact.vip, contact.registered);
  }

  private Set<UUID> openTickets(List<Reading> batch, Evidence evidence) {
    var found = new HashSet<UUID>();
    for (var reading : batch) {
      if (reading.team().joinOpenTicket) {
        var sender = reading.mail().sender().normalized();
        evidence.contact(sender).flatMap(contact -> tickets.openOf(contact, reading.team().id)).ifPresent(ticket -> {
          evidence.addOpen(sender, reading.team().id, ticket);
          found.add(ticket);
        });
      }
    }
    return found;
  }

  /// Tickets that signed addresses and tags in subjects name.
  private static Set<Long> numbers(List<Reading> batch, Policies policies) {
    return batch.stream().map(Reading::mail)
        .flatMap(mail -> Stream.concat(mail.signedNumber().stream(),
            policies.subjectTag().flatMap(word -> SubjectTag.number(mail.subject(), word)).stream()))
        .collect(Collectors.toSet());
  }

  /// Whoever sent, and whoever wrote what was forwarded.
  private static Set<String> addresses(List<Reading> batch) {
    return batch.stream().map(Reading::mail).flatMap(mail -> Stream.concat(Stream.of(mail.sender()), mail.forwardedFrom().stream()))
        .map(Address::normalized).collect(Collectors.toSet());
  }

  private static Set<String> senders(List<Reading> batch) {
    return batch.stream().map(reading -> reading.mail().sender().normalized()).collect(Collectors.toSet());
  }

  private static Set<UUID> refs(List<Reading> batch) {
    return batch.stream()
        .flatMap(reading -> Stream.concat(
            Stream.concat(
                reading.mail().messageId().stream(),
                Messages.bounded(reading.mail().inReplyTo(), reading.mail().references()).stream()).map(ThreadRefs::ref),
            reading.mail().conversations().stream().map(ThreadRefs::conversation)))
        .collect(Collectors.toSet());
  }

  private static Set<UUID> ownIds(List<ThreadRef> refs, List<Reading> batch) {
    var own = batch.stream().flatMap(reading -> reading.mail().messageId().stream()).map(ThreadRefs::ref).collect(Collectors.toSet());
    return refs.stream().filter(ref -> ref.own() && own.contains(ref.ref())).map(ThreadRef::ticketId).collect(Collectors.toSet());
  }

  private static Set<String> messageIds(List<Reading> batch) {
    return batch.stream().flatMap(reading -> reading.mail().messageId().stream()).map(MessageId::value).collect(Collectors.toSet());
  }

  /// Everybody in To and Cc, and whose mail is forwarded, each without its detail.
  private static Set<String> mentioned(List<Reading> batch) {
    return batch.stream()
        .flatMap(reading -> Stream.of(reading.mail().to(), reading.mail().cc(), reading.mail().forwardedFrom().stream().toList()).flatMap(List::stream))
        .map(Address::normalized)
        .map(Participants::withoutDetail)
        .collect(Collectors.toSet());
  }
}
