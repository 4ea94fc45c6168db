package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Sha256;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

/// Deletes a ticket for good, with everything in it and with the tickets that were merged into it. What stays: that mails came and what
/// became of them, so that ledgers add up; events without what they said; and hashes by which the same mails are known should they
/// come again (P-15). Their bytes go when nothing names them any more.
@ApplicationScoped
public class Deletion {
  private final TicketScope scope;
  private final TicketViews views;
  private final DeletedMails deletedMails;
  private final Journal journal;
  private final Preconditions preconditions;
  private final Session rows;
  private final Clock clock;

  Deletion(TicketScope scope, TicketViews views, DeletedMails deletedMails, Journal journal, Preconditions preconditions, Session rows, Clock clock) {
    this.scope = scope;
    this.views = views;
    this.deletedMails = deletedMails;
    this.journal = journal;
    this.preconditions = preconditions;
    this.rows = rows;
    this.clock = clock;
  }

  /// @throws Refusal 404; 409 while a message of it is on its way out
  @Transactional
  void delete(UUID ticketId) {
    scope.locked(ticketId);
    preconditions.check(views.one(ticketId));
    if (!erase(ticketId, scope.actor())) {
      throw Refusal.conflict("A message of it is just leaving. Try again when its delivery has ended.");
    }
  }

  /// The same, whoever decided it.
  ///
  /// @return whether it is gone; not while a message of it is on its way out
  @Transactional
  public boolean erase(UUID ticketId, Actor actor) {
    rows.flush();
    var ids = withMerged(ticketId);
    if (ids.isEmpty() || isLeaving(ids)) {
      return ids.isEmpty();
    }
    var number = rows.createNativeQuery("select number from ticket where tenant_id = current_tenant() and id = :id", Long.class).setParameter("id", ticketId).getSingleResult();
    remember(ids);
    forgetMails(ids);
    forgetTraces(ids);
    of("delete from ticket where tenant_id = current_tenant() and id = any (:ids)", ids).executeUpdate();
    rows.clear();
    journal.ticket("ticket.deleted", ticketId, actor, Map.of("number", number));
    return true;
  }

  /// It and what was merged into it, locked.
  private Set<UUID> withMerged(UUID ticketId) {
    return Set.copyOf(rows.createNativeQuery("""
        with recursive gone (id) as (
          select cast(:id as uuid)
          union
          select t.id from ticket t join gone g on t.tenant_id = current_tenant() and t.merged_into_id = g.id
        ) select t.id from ticket t where t.tenant_id = current_tenant() and t.id in (select id from gone) order by t.id for update""", UUID.class)
        .setParameter("id", ticketId).getResultList());
  }

  /// What a try was made of may be on the wire now. The others are locked, so that none is begun.
  private boolean isLeaving(Set<UUID> ids) {
    return Stream.of("outbound_mail", "outbound_text").anyMatch(kind -> found(Integer.class, """
        select o.attempts from %1$s o join message m on m.tenant_id = o.tenant_id and m.%1$s_id = o.id
        where o.tenant_id = current_tenant() and m.ticket_id = any (:ids) and o.state in ('queued', 'deferred') for update of o""".formatted(kind), ids)
        .getResultStream().anyMatch(attempts -> attempts > 0));
  }

  private void remember(Set<UUID> ids) {
    var teams = found(UUID.class, """
        select distinct team from ticket t join inbound_channel c on c.tenant_id = t.tenant_id and c.id = t.inbound_channel_id,
          lateral (values (t.team_id), (c.team_id)) teams (team) where t.tenant_id = current_tenant() and t.id = any (:ids)""", ids).getResultList();
    var refs = new HashSet<UUID>();
    for (var row : found(Tuple.class, "select message_id, from_address, subject, sha256, direction from message where tenant_id = current_tenant() and ticket_id = any (:ids)", ids).getResultList()) {
      var messageId = row.get(0, String.class);
      if (Message.OUTBOUND.equals(row.get(4, String.class))) {
        refs.add(DeletedMails.own(String.valueOf(messageId)));
      } else {
        for (var team : teams) {
          DeletedMails.refs(team, messageId, row.get(1, String.class), row.get(2, String.class), Sha256.of(row.get(3, byte[].class)))
              .stream().filter(ref -> messageId == null || !ref.equals(DeletedMails.own(messageId))).forEach(refs::add);
        }
      }
    }
    deletedMails.add(refs);
  }

  /// What came stays a line of the ledger; what left is not even that.
  private void forgetMails(Set<UUID> ids) {
    for (var which : List.of("id in (select inbound_mail_id from message where tenant_id = current_tenant() and ticket_id = any (:ids))",
        "ticket_id = any (:ids) and (state in ('echo', 'bounce') or reason = 'already-filed')")) {
      of("""
          update inbound_mail set raw_gone_at = coalesce(raw_gone_at, :now), envelope_from = '', remote_address = '', helo = '', sender = null, subject = null,
            explanation = null
          where tenant_id = current_tenant() and\s""" + which, ids).setParameter("now", clock.instant()).executeUpdate();
    }
    for (var kind : List.of("outbound_mail", "outbound_text")) {
      of("""
          delete from %1$s where tenant_id = current_tenant()
            and id in (select %1$s_id from message where tenant_id = current_tenant() and ticket_id = any (:ids))""".formatted(kind), ids).executeUpdate();
    }
  }

  private void forgetTraces(Set<UUID> ids) {
    of("update event set data = '{}' where tenant_id = current_tenant() and ticket_id = any (:ids)", ids).executeUpdate();
    of("update budget set ticket_id = null, subject = null where tenant_id = current_tenant() and ticket_id = any (:ids)", ids).executeUpdate();
    of("update ticket set claims_ticket_id = null where tenant_id = current_tenant() and claims_ticket_id = any (:ids)", ids).executeUpdate();
    of("update ticket set follows_ticket_id = null where tenant_id = current_tenant() and follows_ticket_id = any (:ids)", ids).executeUpdate();
    // Answers that are kept to be given again may show it.
    for (var id : ids) {
      rows.createNativeMutationQuery("delete from idempotency where tenant_id = current_tenant() and (strpos(body, :id) > 0 or strpos(operation, :id) > 0)")
          .setParameter("id", id.toString()).executeUpdate();
    }
  }

  private MutationQuery of(String sql, Set<UUID> ids) {
    return rows.createNativeMutationQuery(sql).setParameter("ids", ids.toArray(UUID[]::new));
  }

  private <T> NativeQuery<T> found(Class<T> type, String sql, Set<UUID> ids) {
    return rows.createNativeQuery(sql, type).setParameter("ids", ids.toArray(UUID[]::new));
  }
}
