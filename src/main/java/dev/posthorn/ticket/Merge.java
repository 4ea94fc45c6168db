package dev.posthorn.ticket;

import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One ticket goes on in another (P-26): its messages and comments move there with their ids, its people take part there, its tags are there too, it
/// is closed and stays so. Its number, its reply addresses and the ids of its mails lead to the other one from now on, also
/// when that is merged in turn.
@ApplicationScoped
class Merge {
  private final TicketScope scope;
  private final Tickets tickets;
  private final TicketViews views;
  private final Statuses statuses;
  private final TicketTags tags;
  private final TicketJournal journal;
  private final EntityManager entities;
  private final Clock clock;

  Merge(TicketScope scope, Tickets tickets, TicketViews views, Statuses statuses, TicketTags tags, TicketJournal journal, EntityManager entities, Clock clock) {
    this.scope = scope;
    this.tickets = tickets;
    this.views = views;
    this.statuses = statuses;
    this.tags = tags;
    this.journal = journal;
    this.entities = entities;
    this.clock = clock;
  }

  /// @return the ticket in which it goes on: the one named, or the one in which that goes on itself
  /// @throws Refusal 404, 422 for a ticket that the caller does not see, 409 for one that is merged elsewhere
  @Transactional
  TicketView into(UUID sourceId, UUID targetId) {
    // All of them locked in one order before anything is read: mail that comes meanwhile is filed afterwards.
    var locked = tickets.lockWithMergeTargets(List.of(sourceId, targetId));
    var source = scope.ticket(sourceId);
    if (!locked.containsKey(targetId) || !scope.sees(targetId)) {
      throw Refusal.unprocessable("/intoTicketId", "There is no such ticket.");
    }
    var target = locked.get(targetId);
    while (target.isMerged()) {
      target = locked.get(target.mergedIntoId);
    }
    if (source.isMerged() && target.id.equals(source.mergedIntoId)) {
      return views.of(target);
    }
    if (source.isMerged() || target.id.equals(source.id)) {
      throw Refusal.conflict(source.isMerged() ? "The ticket is merged already." : "The other ticket goes on in this one.");
    }
    move(source, target);
    end(source, target, clock.instant());
    tickets.flush();
    return views.of(target);
  }

  private void move(Ticket source, Ticket target) {
    tickets.flush();
    for (var kind : List.of("Message", "Comment")) {
      entities.createQuery("update " + kind + " set ticketId = ?1 where ticketId = ?2")
          .setParameter(1, target.id).setParameter(2, source.id).executeUpdate();
    }
    entities.createNativeQuery("""
        insert into participant (tenant_id, ticket_id, address, name, role, contact_id, inferred, created_at)
        select tenant_id, :target, address, name, case role when 'requester' then 'participant' else role end, contact_id, inferred, created_at
        from participant where tenant_id = current_tenant() and ticket_id = :source
        on conflict do nothing""")
        .setParameter("target", target.id).setParameter("source", source.id).executeUpdate();
    // What one of the two is found by, the one that goes on is found by.
    tags.add(target.id, tags.of(source.id).stream().filter(tag -> !tags.of(target.id).contains(tag)).toList());
  }

  private void end(Ticket source, Ticket target, Instant now) {
    target.unanswered = source.lastMessageAt.isAfter(target.lastMessageAt) ? source.unanswered : target.unanswered;
    target.lastMessageAt = source.lastMessageAt.isAfter(target.lastMessageAt) ? source.lastMessageAt : target.lastMessageAt;
    target.updatedAt = now;
    source.mergedIntoId = target.id;
    source.unanswered = false;
    source.is(statuses.ofKind(Status.CLOSED), now);
    journal.changed("ticket.merged", source, scope.actor(), null, target.id);
    journal.changed("ticket.took-in", target, scope.actor(), source.id, null);
  }
}
