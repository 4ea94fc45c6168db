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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What HTTP may do with contacts. Each method is one transaction.
@ApplicationScoped
@Transactional
public class ContactDesk {
  private final Contacts contacts;
  private final Registration registration;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  ContactDesk(Contacts contacts, Registration registration, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.contacts = contacts;
    this.registration = registration;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  /// @param email null for any, as the others
  Page<ContactView> list(Listing listing, String email, String phone, Boolean registered, String externalId) {
    var wanted = new Contacts.Wanted(email == null ? null : Address.of(email).normalized(), phone == null ? null : PhoneNumber.normalized(phone),
        externalId, registered);
    return listing.answer((after, atMost) -> views(contacts.page(wanted, after, atMost)), contact -> Cursor.at(contact.id()), () -> contacts.count(wanted));
  }

  /// @throws Refusal 404
  public ContactView show(UUID id) {
    return view(existing(id));
  }

  ContactView create(NewContact wanted) {
    return view(write(Optional.empty(), wanted));
  }

  /// Writes what is wanted into a contact: the given one, else one who was met under the addresses, else a new one.
  Contact write(Optional<Contact> given, NewContact wanted) {
    var emails = wanted.emails() == null ? List.<String>of() : normalized(wanted.emails());
    var registered = !Boolean.FALSE.equals(wanted.registered());
    var met = registered && !emails.isEmpty() ? registration.claim(given, emails) : given;
    if (wanted.name() == null && emails.isEmpty() && met.isEmpty()) {
      throw Refusal.badRequest("/name", "A contact without an address has a name.");
    }
    var contact = met.orElseGet(() -> contacts.create(wanted.name() == null ? emails.getFirst() : wanted.name()));
    contact.name = wanted.name() == null ? contact.name : wanted.name();
    contact.type = wanted.type();
    contact.ownerId = wanted.ownerId();
    contact.vip = Boolean.TRUE.equals(wanted.vip());
    contact.registered = registered;
    contact.language = wanted.language();
    contact.externalId = wanted.externalId();
    contact.updatedAt = clock.instant();
    contacts.flush();
    contacts.setAddresses(contact.id, Stream.concat(emails.stream(), contacts.addresses(contact.id).stream().filter(_ -> met.isPresent())).distinct().toList());
    telephones(contact, wanted.phones() == null ? List.of() : numbers(wanted.phones()));
    return contact;
  }

  ContactView change(UUID id, ObjectNode patch) {
    var contact = existing(id);
    var before = view(contact);
    preconditions.check(before);
    var current = new ContactChange(before.name(), before.emails(), before.phones(), before.type(), before.ownerId(), before.vip(), before.registered(),
        before.language(), before.externalId());
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    var gained = wanted.registered() ? gained(contact, normalized(wanted.emails())) : List.<String>of();
    contact.name = wanted.name();
    contact.type = wanted.type();
    contact.ownerId = wanted.ownerId();
    contact.vip = wanted.vip();
    contact.registered = wanted.registered();
    contact.language = wanted.language();
    contact.externalId = wanted.externalId();
    contact.updatedAt = clock.instant();
    contacts.setAddresses(id, Stream.concat(normalized(wanted.emails()).stream(), gained.stream()).distinct().toList());
    telephones(contact, numbers(wanted.phones()));
    return view(contact);
  }

  private void telephones(Contact contact, List<String> numbers) {
    contacts.setPhones(contact.id, numbers);
    if (contact.registered) {
      registration.claimByPhones(contact, numbers);
    }
  }

  /// Whoever was met under one of the addresses is this contact, with all addresses that they had.
  private List<String> gained(Contact contact, List<String> emails) {
    var before = contacts.addresses(contact.id);
    registration.claim(Optional.of(contact), emails);
    return contacts.addresses(contact.id).stream().filter(address -> !before.contains(address)).toList();
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

  private static List<String> numbers(List<String> phones) {
    return phones.stream().map(PhoneNumber::normalized).distinct().toList();
  }

  private Contact existing(UUID id) {
    return contacts.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("contact"));
  }

  ContactView view(Contact contact) {
    return views(List.of(contact)).getFirst();
  }

  private List<ContactView> views(List<Contact> page) {
    var emails = contacts.addresses(page.stream().map(contact -> contact.id).toList());
    var phones = contacts.phones(page.stream().map(contact -> contact.id).toList());
    return page.stream().map(contact -> ContactView.of(contact, emails.getOrDefault(contact.id, List.of()), phones.getOrDefault(contact.id, List.of()))).toList();
  }
}
