package dev.posthorn.ticket;

import dev.posthorn.contact.ContactJoined;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.util.List;

/// Whose tickets and messages they are, when two contacts turn out to be one (AT-13).
@ApplicationScoped
class Requesters {
  private final EntityManager entities;

  Requesters(EntityManager entities) {
    this.entities = entities;
  }

  void joined(@Observes ContactJoined joined) {
    entities.flush();
    for (var kind : List.of("Ticket", "Message", "Participant")) {
      entities.createQuery("update " + kind + " set contactId = ?1 where contactId = ?2")
          .setParameter(1, joined.into()).setParameter(2, joined.from()).executeUpdate();
    }
  }
}
