package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Objects;

/// Writes down what people do to tickets, always from where to where.
@ApplicationScoped
class TicketJournal {
  private final Journal journal;

  TicketJournal(Journal journal) {
    this.journal = journal;
  }

  /// @param from what it was; null for nothing
  /// @param to what it is; null for nothing
  void changed(String kind, Ticket ticket, Actor actor, Object from, Object to) {
    var data = new LinkedHashMap<String, Object>();
    data.put("from", Objects.toString(from, null));
    data.put("to", Objects.toString(to, null));
    journal.ticket(kind, ticket.id, actor, data);
  }
}
