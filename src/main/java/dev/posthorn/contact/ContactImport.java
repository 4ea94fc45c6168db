package dev.posthorn.contact;

import dev.posthorn.contact.ContactImportResource.ImportView;
import dev.posthorn.contact.ContactImportResource.RefusedRow;
import dev.posthorn.contact.ContactResource.NewContact;
import dev.posthorn.mail.Address;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Registers many contacts at once, as the tenant's own system knows them: one that is there is changed, others are made. A row
/// that cannot be is said and left out; the others are done.
@ApplicationScoped
class ContactImport {
  private final Contacts contacts;
  private final ContactDesk desk;

  ContactImport(Contacts contacts, ContactDesk desk) {
    this.contacts = contacts;
    this.desk = desk;
  }

  @Transactional
  ImportView run(List<NewContact> rows) {
    int created = 0;
    int updated = 0;
    var refused = new ArrayList<RefusedRow>();
    for (int index = 0; index < rows.size(); index++) {
      var row = rows.get(index);
      var known = known(row);
      var objection = objection(row, known);
      if (objection.isPresent()) {
        refused.add(new RefusedRow(index, objection.get()));
      } else {
        desk.write(known, row);
        created += known.isEmpty() ? 1 : 0;
        updated += known.isPresent() ? 1 : 0;
      }
    }
    return new ImportView(created, updated, refused);
  }

  /// By its id in the other system, else by an address.
  private Optional<Contact> known(NewContact row) {
    var byId = Optional.ofNullable(row.externalId()).flatMap(contacts::byExternalId);
    return byId.or(() -> owners(row).stream().filter(owner -> owner.externalId == null || owner.externalId.equals(row.externalId())).findFirst());
  }

  /// What would make the database refuse the row, and all others with it.
  private Optional<String> objection(NewContact row, Optional<Contact> known) {
    if (row.name() == null && (row.emails() == null || row.emails().isEmpty())) {
      return Optional.of("A contact without an address has a name.");
    }
    var taken = owners(row).stream().filter(owner -> known.filter(one -> one.id.equals(owner.id)).isEmpty()).anyMatch(owner -> owner.registered);
    return taken ? Optional.of("Another contact has one of these addresses.") : Optional.empty();
  }

  private List<Contact> owners(NewContact row) {
    var emails = row.emails() == null ? List.<String>of() : row.emails().stream().map(email -> Address.of(email).normalized()).distinct().toList();
    return emails.isEmpty() ? List.of() : List.copyOf(contacts.byIds(contacts.byAddresses(emails).values()).values());
  }
}
