package dev.posthorn.contact;

import dev.posthorn.mail.Address;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The contacts of the current tenant, by id and by address.
@ApplicationScoped
public class Contacts implements PanacheRepositoryBase<Contact, UUID> {
  private final EntityManager entities;
  private final Clock clock;

  Contacts(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /// Whose addresses these are; unknown ones are left out.
  ///
  /// @param normalized addresses in the form of [Address#normalized]
  public Map<String, UUID> byAddresses(Collection<String> normalized) {
    return entities.createQuery("from ContactEmail where address in ?1", ContactEmail.class)
        .setParameter(1, normalized).getResultStream()
        .collect(Collectors.toMap(email -> email.address, email -> email.contactId));
  }

  /// These contacts, by id.
  public Map<UUID, Contact> byIds(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : list("id in ?1", ids).stream().collect(Collectors.toMap(contact -> contact.id, contact -> contact));
  }

  /// What these contacts are called.
  public Map<UUID, String> names(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : entities.createQuery("from Contact where id in ?1", Contact.class)
        .setParameter(1, ids).getResultStream()
        .collect(Collectors.toMap(contact -> contact.id, contact -> contact.name));
  }

  /// A new contact, known by this address. The caller has made sure that nobody else adds it at the same time.
  public Contact meet(Address address) {
    var contact = create(address.name().isBlank() ? address.address() : address.name());
    add(contact.id, address.normalized(), 0);
    return contact;
  }

  Contact create(String name) {
    var contact = new Contact();
    contact.id = Ids.next();
    contact.name = name;
    contact.createdAt = clock.instant();
    contact.updatedAt = contact.createdAt;
    persist(contact);
    return contact;
  }

  /// Gives the contact these addresses and no others, in this order.
  ///
  /// @param normalized each of them once
  void setAddresses(UUID contactId, List<String> normalized) {
    var present = entities.createQuery("from ContactEmail where contactId = ?1", ContactEmail.class)
        .setParameter(1, contactId).getResultStream()
        .collect(Collectors.toMap(email -> email.address, email -> email));
    for (int position = 0; position < normalized.size(); position++) {
      var kept = present.remove(normalized.get(position));
      if (kept == null) {
        add(contactId, normalized.get(position), position);
      } else {
        kept.position = position;
      }
    }
    present.values().forEach(entities::remove);
    entities.flush();
  }

  /// Lets another contact have all addresses of one.
  void giveAddresses(UUID from, UUID into) {
    int behind = addresses(into).size();
    for (var email : entities.createQuery("from ContactEmail where contactId = ?1 order by position", ContactEmail.class).setParameter(1, from).getResultList()) {
      email.contactId = into;
      email.position += behind;
    }
    entities.flush();
  }

  /// Gives the contact these numbers and no others, in this order.
  ///
  /// @param normalized each of them once
  void setPhones(UUID contactId, List<String> normalized) {
    var present = entities.createQuery("from ContactPhone where contactId = ?1", ContactPhone.class)
        .setParameter(1, contactId).getResultStream().collect(Collectors.toMap(phone -> phone.number, phone -> phone));
    for (int position = 0; position < normalized.size(); position++) {
      var kept = present.remove(normalized.get(position));
      if (kept == null) {
        var phone = new ContactPhone();
        phone.contactId = contactId;
        phone.number = normalized.get(position);
        phone.position = position;
        entities.persist(phone);
      } else {
        kept.position = position;
      }
    }
    present.values().forEach(entities::remove);
    entities.flush();
  }

  /// The numbers of these contacts, by contact, each in its order.
  Map<UUID, List<String>> phones(Collection<UUID> contactIds) {
    return contactIds.isEmpty() ? Map.of() : entities.createQuery("from ContactPhone where contactId in ?1 order by position", ContactPhone.class)
        .setParameter(1, contactIds).getResultStream()
        .collect(Collectors.groupingBy(phone -> phone.contactId, Collectors.mapping(phone -> phone.number, Collectors.toList())));
  }

  Optional<Contact> byExternalId(String externalId) {
    return find("externalId", externalId).firstResultOptional();
  }

  /// Which contacts a list shows; null for any.
  ///
  /// @param address in the form of [Address#normalized]
  /// @param phone   in the form of [PhoneNumber#normalized]
  record Wanted(String address, String phone, String externalId, Boolean registered) {}

  List<Contact> page(Wanted wanted, Cursor after, int atMost) {
    return selection(wanted).oldestFirst(this, after, atMost);
  }

  long count(Wanted wanted) {
    return selection(wanted).count(this);
  }

  private static Selection selection(Wanted wanted) {
    return Selection.all()
        .where("id in (select phone.contactId from ContactPhone phone where phone.number = ?)", wanted.phone)
        .where("registered = ?", wanted.registered)
        .where("id in (select email.contactId from ContactEmail email where email.address = ?)", wanted.address)
        .where("externalId = ?", wanted.externalId);
  }

  /// The addresses of these contacts, by contact, each in its order.
  Map<UUID, List<String>> addresses(Collection<UUID> contactIds) {
    return contactIds.isEmpty() ? Map.of() : entities.createQuery("from ContactEmail where contactId in ?1 order by position", ContactEmail.class)
        .setParameter(1, contactIds).getResultStream()
        .collect(Collectors.groupingBy(email -> email.contactId, Collectors.mapping(email -> email.address, Collectors.toList())));
  }

  /// The numbers of a contact, in their order.
  public List<String> phones(UUID contactId) {
    return phones(List.of(contactId)).getOrDefault(contactId, List.of());
  }

  /// Who has this number, those first who were met first.
  ///
  /// @param normalized in the form of [PhoneNumber#normalized]
  public List<UUID> byPhone(String normalized) {
    return entities.createQuery("select contactId from ContactPhone where number = ?1 order by contactId", UUID.class)
        .setParameter(1, normalized).getResultList();
  }

  /// A new contact, known by this number. The caller has made sure that nobody else adds it at the same time.
  public Contact meet(String phone) {
    var contact = create(phone);
    flush();
    setPhones(contact.id, List.of(phone));
    return contact;
  }

  public List<String> addresses(UUID contactId) {
    return entities.createQuery("select address from ContactEmail where contactId = ?1 order by position", String.class)
        .setParameter(1, contactId).getResultList();
  }

  private void add(UUID contactId, String address, int position) {
    var email = new ContactEmail();
    email.address = address;
    email.contactId = contactId;
    email.position = position;
    entities.persist(email);
  }
}
