package dev.posthorn.contact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.contact.ContactResource.ContactChange;
import dev.posthorn.contact.ContactResource.ContactView;
import dev.posthorn.contact.ContactResource.NewContact;
import dev.posthorn.mail.Address;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// What HTTP may do with contacts. Each method is one transaction.
@ApplicationScoped
@Transactional
class ContactDesk {
  private final Contacts contacts;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  ContactDesk(Contacts contacts, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.contacts = contacts;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  /// @param email null for any, as `externalId`
  Page<ContactView> list(Listing listing, String email, String externalId) {
    var address = email == null ? null : Address.of(email).normalized();
    return listing.answer((after, atMost) -> views(contacts.page(address, externalId, after, atMost)),
        contact -> Cursor.at(contact.id()), () -> contacts.count(address, externalId));
  }

  ContactView show(UUID id) {
    return view(existing(id));
  }

  ContactView create(NewContact wanted) {
    var emails = wanted.emails() == null ? List.<String>of() : normalized(wanted.emails());
    if (wanted.name() == null && emails.isEmpty()) {
      throw Refusal.badRequest("/name", "A contact without an address has a name.");
    }
    var contact = contacts.create(wanted.name() == null ? emails.getFirst() : wanted.name());
    contact.type = wanted.type();
    contact.ownerId = wanted.ownerId();
    contact.vip = Boolean.TRUE.equals(wanted.vip());
    contact.registered = !Boolean.FALSE.equals(wanted.registered());
    contact.language = wanted.language();
    contact.externalId = wanted.externalId();
    contacts.flush();
    contacts.setAddresses(contact.id, emails);
    return view(contact);
  }

  ContactView change(UUID id, ObjectNode patch) {
    var contact = existing(id);
    var before = view(contact);
    preconditions.check(before);
    var current = new ContactChange(before.name(), before.emails(), before.type(), before.ownerId(), before.vip(), before.registered(),
        before.language(), before.externalId());
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    contact.name = wanted.name();
    contact.type = wanted.type();
    contact.ownerId = wanted.ownerId();
    contact.vip = wanted.vip();
    contact.registered = wanted.registered();
    contact.language = wanted.language();
    contact.externalId = wanted.externalId();
    contact.updatedAt = clock.instant();
    contacts.setAddresses(id, normalized(wanted.emails()));
    return view(contact);
  }

  /// Deletes a contact without tickets.
  void remove(UUID id) {
    var contact = existing(id);
    preconditions.check(view(contact));
    Removal.of("contact", () -> {
      contacts.delete(contact);
      contacts.flush();
    });
  }

  private static List<String> normalized(List<String> emails) {
    return emails.stream().map(email -> Address.of(email).normalized()).distinct().toList();
  }

  private Contact existing(UUID id) {
    return contacts.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("contact"));
  }

  private ContactView view(Contact contact) {
    return views(List.of(contact)).getFirst();
  }

  private List<ContactView> views(List<Contact> page) {
    var emails = contacts.addresses(page.stream().map(contact -> contact.id).toList());
    return page.stream().map(contact -> ContactView.of(contact, emails.getOrDefault(contact.id, List.of()))).toList();
  }
}
