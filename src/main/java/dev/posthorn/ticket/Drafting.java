package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who writes an answer to a ticket just now: said by their front ends, forgotten after a while. That somebody begins, and that
/// they end, is an event; that they go on is none.
@ApplicationScoped
class Drafting implements PanacheRepositoryBase<DraftingRow, DraftingRow.Key> {
  private final TicketScope scope;
  private final CallingAgent calling;
  private final Journal journal;
  private final TicketConfig config;
  private final Clock clock;

  Drafting(TicketScope scope, CallingAgent calling, Journal journal, TicketConfig config, Clock clock) {
    this.scope = scope;
    this.calling = calling;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /// @return who writes now, the caller too, longest first
  @Transactional
  List<DraftingRow> writes(UUID ticketId) {
    var ticket = scope.locked(ticketId);
    var agent = calling.id();
    var now = clock.instant();
    var row = findByIdOptional(new DraftingRow.Key(ticket.id, agent)).orElseGet(DraftingRow::new);
    if (row.until == null || row.until.isBefore(now)) {
      row.since = now;
      journal.ticket("ticket.drafting-started", ticket.id, Actor.agent(agent), Map.of());
    }
    row.until = now.plus(config.draftingTime());
    if (row.ticketId == null) {
      row.ticketId = ticket.id;
      row.agentId = agent;
      persistAndFlush(row);
    }
    return present(ticket.id, now);
  }

  @Transactional
  List<DraftingRow> show(UUID ticketId) {
    return present(scope.ticket(ticketId).id, clock.instant());
  }

  private List<DraftingRow> present(UUID ticketId, Instant now) {
    return list("ticketId = ?1 and until >= ?2 order by since, agentId", ticketId, now);
  }

  @Transactional
  void stops(UUID ticketId) {
    ends(scope.locked(ticketId).id, calling.id());
  }

  /// In the running transaction.
  void ends(UUID ticketId, UUID agentId) {
    findByIdOptional(new DraftingRow.Key(ticketId, agentId)).ifPresent(row -> {
      if (!row.until.isBefore(clock.instant())) {
        journal.ticket("ticket.drafting-ended", ticketId, Actor.agent(agentId), Map.of());
      }
      delete(row);
    });
  }
}
