package dev.posthorn.contact;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tenant says who somebody is who may have written before: whoever was met by mail under one of the addresses is that
/// contact, and their tickets are theirs (AT-13). Works in the caller's transaction.
@ApplicationScoped
class Registration {
  private final Contacts contacts;
  private final ApiKeys keys;
  private final Journal journal;
  private final Event<ContactJoined> joined;

  Registration(Contacts contacts, ApiKeys keys, Journal journal, Event<ContactJoined> joined) {
    this.contacts = contacts;
    this.keys = keys;
    this.journal = journal;
    this.joined = joined;
  }

  /// The contact that is to have these addresses: the given one, else the first who was met under one of them. The others who
  /// were met become it.
  ///
  /// @param given the contact that is registered or changed, if there is one
  /// @return empty where nobody has any of the addresses
  /// @throws Refusal 409 where another registered contact has one of them
  Optional<Contact> claim(Optional<Contact> given, List<String> normalized) {
    var owners = contacts.byIds(Set.copyOf(contacts.byAddresses(normalized).values())).values().stream()
        .filter(owner -> given.filter(one -> one.id.equals(owner.id)).isEmpty())
        .sorted(Comparator.comparing(owner -> owner.id)).collect(Collectors.toCollection(ArrayList::new));
    if (owners.stream().anyMatch(owner -> owner.registered)) {
      throw Refusal.at("/emails", ProblemKind.CONFLICT, "Another contact has one of these addresses.");
    }
    var contact = given.or(() -> owners.isEmpty() ? Optional.empty() : Optional.of(owners.removeFirst()));
    contact.ifPresent(into -> owners.forEach(from -> join(from, into)));
    return contact;
  }

  /// The same by telephone numbers: whoever was met by text alone, and has no more than such a number, is that contact. Somebody with a
  /// name of their own is not, for several people may share a number.
  void claimByPhones(Contact contact, List<String> numbers) {
    numbers.stream().flatMap(number -> contacts.byPhone(number).stream()).distinct().filter(id -> !id.equals(contact.id))
        .map(id -> contacts.<Contact>findById(id))
        .filter(other -> !other.registered && numbers.contains(other.name) && contacts.addresses(other.id).isEmpty()).toList()
        .forEach(other -> join(other, contact));
  }

  private void join(Contact from, Contact into) {
    contacts.giveAddresses(from.id, into.id);
    keys.handOver(from.id, into.id);
    journal.tenant("contact.joined", Actor.SYSTEM, Map.of("from", from.id, "into", into.id));
    joined.fire(new ContactJoined(from.id, into.id));
    contacts.delete(from);
    contacts.flush();
  }
}
