package dev.posthorn.contact;

import dev.posthorn.mail.Address;
import dev.posthorn.tenant.Ids;
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
  void setAddresses(UUID contactId, List<String> normalized) {
    entities.createQuery("delete from ContactEmail where contactId = ?1").setParameter(1, contactId).executeUpdate();
    for (int position = 0; position < normalized.size(); position++) {
      add(contactId, normalized.get(position), position);
    }
    entities.flush();
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
