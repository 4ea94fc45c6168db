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

  /// @param address in the form of [Address#normalized]; null for any
  /// @param externalId null for any
  List<Contact> page(String address, String externalId, Cursor after, int atMost) {
    return selection(address, externalId).oldestFirst(this, after, atMost);
  }

  long count(String address, String externalId) {
    return selection(address, externalId).count(this);
  }

  private static Selection selection(String address, String externalId) {
    return Selection.all()
        .where("id in (select email.contactId from ContactEmail email where email.address = ?)", address)
        .where("externalId = ?", externalId);
  }

  /// The addresses of these contacts, by contact, each in its order.
  Map<UUID, List<String>> addresses(Collection<UUID> contactIds) {
    return contactIds.isEmpty() ? Map.of() : entities.createQuery("from ContactEmail where contactId in ?1 order by position", ContactEmail.class)
        .setParameter(1, contactIds).getResultStream()
        .collect(Collectors.groupingBy(email -> email.contactId, Collectors.mapping(email -> email.address, Collectors.toList())));
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
