package dev.posthorn.ticket;

import dev.posthorn.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Reads the pages of the list of tickets. Only conditions that were asked for stand in the query, so that each finds its
/// index.
@ApplicationScoped
class TicketList {
  private final EntityManager entities;
  private final TicketSearch search;

  TicketList(EntityManager entities, TicketSearch search) {
    this.entities = entities;
    this.search = search;
  }

  /// Newest first.
  ///
  /// @param after null for the first page
  List<Ticket> page(TicketFilter filter, Sight sight, Cursor after, int atMost) {
    return filter.q == null
        ? page(filter, sight, null, after, atMost)
        : search.page(filter, after, atMost, ids -> page(filter, sight, ids, null, ids.size()));
  }

  private List<Ticket> page(TicketFilter filter, Sight sight, Collection<UUID> among, Cursor after, int atMost) {
    var parameters = new HashMap<String, Object>();
    var conditions = conditions(filter, sight, among, parameters);
    if (after != null) {
      parameters.put("afterId", after.id());
      if (filter.byLastMessage()) {
        parameters.put("afterTime", after.instant());
        conditions.add("(lastMessageAt, id) < (:afterTime, :afterId)");
      } else {
        conditions.add("id < :afterId");
      }
    }
    // Ids are made in the order of time, so this is the order of createdAt too.
    var order = filter.byLastMessage() ? "lastMessageAt desc, id desc" : "id desc";
    var query = entities.createQuery("from Ticket where " + String.join(" and ", conditions) + " order by " + order, Ticket.class);
    parameters.forEach(query::setParameter);
    return query.setMaxResults(atMost).getResultList();
  }

  long count(TicketFilter filter, Sight sight) {
    return filter.q == null ? count(filter, sight, null) : search.count(filter, ids -> count(filter, sight, ids));
  }

  private long count(TicketFilter filter, Sight sight, Collection<UUID> among) {
    var parameters = new HashMap<String, Object>();
    var conditions = conditions(filter, sight, among, parameters);
    var query = entities.createQuery("select count(*) from Ticket where " + String.join(" and ", conditions), Long.class);
    parameters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  /// @param among only these tickets; null for any
  private static List<String> conditions(TicketFilter filter, Sight sight, Collection<UUID> among, Map<String, Object> parameters) {
    var conditions = new ArrayList<String>();
    if (among != null) {
      conditions.add("id in (:among)");
      parameters.put("among", among);
    }
    if (sight.everything()) {
      conditions.add("1 = 1");
    } else if (sight.contact().isPresent()) {
      conditions.add("contactId = :own");
      parameters.put("own", sight.contact().get());
    } else {
      conditions.add("(teamId in (:teams) or queueId in (:queues))");
      parameters.put("teams", sight.teams());
      parameters.put("queues", sight.queues());
    }
    filter.conditions().forEach((field, value) -> {
      switch (field) {
        case TicketFilter.SLA -> conditions.add("(reactionState = :sla or completionState = :sla)");
        case TicketFilter.TAG -> conditions.add("id in (select word.ticketId from TicketTag word where word.tag = :tag)");
        case TicketFilter.INTERRUPTED -> conditions.add("interruptedAt is " + (Boolean.TRUE.equals(value) ? "not null" : "null"));
        case TicketFilter.REGISTERED -> conditions.add("contactId in (select person.id from Contact person where person.registered = " + value + ")");
        // A literal lets the index of unanswered tickets be used.
        default -> conditions.add(value instanceof Boolean ? field + " = " + value : field + " = :" + field);
      }
      if (!(value instanceof Boolean)) {
        parameters.put(field, value);
      }
    });
    return conditions;
  }
}
