package dev.posthorn.ticket;

import dev.posthorn.event.Journal;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/// All activities of a ticket in one order, the order of their ids, which is that of time (EH-05): one question for what
/// comes next, then one for each kind.
@ApplicationScoped
class Timeline {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final TicketScope scope;
  private final Session entities;
  private final Messages messages;
  private final MessageViews messageViews;
  private final Comments comments;
  private final Journal journal;

  Timeline(TicketScope scope, Session entities, Messages messages, MessageViews messageViews, Comments comments, Journal journal) {
    this.scope = scope;
    this.entities = entities;
    this.messages = messages;
    this.messageViews = messageViews;
    this.comments = comments;
    this.journal = journal;
  }

  @Transactional
  Page<TimelineItem> page(UUID ticketId, PageRequest page) {
    scope.ticket(ticketId);
    return page.of("timeline", ticketId).answer(
        (after, atMost) -> items(ids(ticketId, after == null ? BEFORE_ALL : after.id(), atMost)),
        item -> Cursor.at(item.id()),
        () -> messages.count("ticketId", ticketId) + comments.count("ticketId", ticketId) + journal.count("ticketId", ticketId));
  }

  /// The tenant is named for the index's sake; row-level security names it anyway.
  private List<UUID> ids(UUID ticketId, UUID after, int atMost) {
    return entities.createNativeQuery("""
        select id from (
          (select id from message where tenant_id = current_tenant() and ticket_id = :ticket and id > :after order by id limit :atMost)
          union all
          (select id from comment where tenant_id = current_tenant() and ticket_id = :ticket and id > :after order by id limit :atMost)
          union all
          (select id from event where tenant_id = current_tenant() and ticket_id = :ticket and id > :after order by id limit :atMost)
        ) activity order by id limit :atMost""", Tuple.class)
        .setParameter("ticket", ticketId)
        .setParameter("after", after)
        .setParameter("atMost", atMost)
        .getResultList().stream().map(row -> row.get(0, UUID.class)).toList();
  }

  private List<TimelineItem> items(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UUID, TimelineItem> found = new HashMap<>();
    messageViews.of(messages.list("id in ?1", ids)).forEach(message -> found.put(message.id(), TimelineItem.of(message)));
    comments.list("id in ?1", ids).forEach(comment -> found.put(comment.id, TimelineItem.of(comment)));
    journal.list("id in ?1", ids).forEach(event -> found.put(event.id, TimelineItem.of(event)));
    return ids.stream().map(found::get).toList();
  }
}
