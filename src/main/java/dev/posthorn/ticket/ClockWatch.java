package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.sla.Clocks;
import dev.posthorn.sla.Deadline;
import dev.posthorn.sla.PaceChanged;
import dev.posthorn.sla.Priorities;
import dev.posthorn.sla.SlaConfig;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/// Looks at tickets' clocks when they are due: keeps how they stand, so that lists find them, and writes down what has become
/// late, at the time when it does and not when somebody looks (TH-36, TH-37, TH-38).
@ApplicationScoped
class ClockWatch {
  private final Tickets tickets;
  private final Priorities priorities;
  private final Journal journal;
  private final Session session;
  private final Across across;
  private final SlaConfig config;
  private final Clock clock;

  ClockWatch(Tickets tickets, Priorities priorities, Journal journal, Session session, Across across, SlaConfig config, Clock clock) {
    this.tickets = tickets;
    this.priorities = priorities;
    this.journal = journal;
    this.session = session;
    this.across = across;
    this.config = config;
    this.clock = clock;
  }

  /// A ticket whose clocks are to be looked at.
  record Due(TenantId tenant, UUID ticketId) {}

  /// Over all tenants, longest due first.
  List<Due> due() {
    return across.find(Due::new, "select tenant_id, id from due_ticket_clocks(?, ?)", config.batch(), clock.instant());
  }

  /// Another replica may have been here first: then the clocks are due no more.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void look(UUID id) {
    var now = clock.instant();
    var ticket = tickets.findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (ticket == null || ticket.clockAt == null || ticket.clockAt.isAfter(now)) {
      return;
    }
    var pace = priorities.pace(ticket.priorityId);
    var clocks = Deadline.read(pace.times(), pace.hours(), ticket.course(), now);
    tell(ticket, clocks);
    ticket.clocks(clocks);
  }

  private void tell(Ticket ticket, Clocks clocks) {
    var breached = Clocks.State.BREACHED.word();
    if (clocks.reaction() != null && becomes(clocks.reaction().state(), Clocks.State.BREACHED, ticket.reactionState)) {
      event("ticket.reaction-breached", ticket, clocks.reaction().dueAt());
    }
    if (clocks.completion() != null) {
      if (becomes(clocks.completion().state(), Clocks.State.WARNING, ticket.completionState) && !breached.equals(ticket.completionState)) {
        event("ticket.completion-warning", ticket, clocks.completion().dueAt());
      }
      if (becomes(clocks.completion().state(), Clocks.State.BREACHED, ticket.completionState)) {
        event("ticket.completion-breached", ticket, clocks.completion().dueAt());
      }
    }
  }

  private static boolean becomes(Clocks.State now, Clocks.State wanted, String before) {
    return now == wanted && !wanted.word().equals(before);
  }

  private void event(String kind, Ticket ticket, Instant dueAt) {
    journal.ticket(kind, ticket.id, Actor.SYSTEM, Map.of("dueAt", dueAt.toString()));
  }

  /// After a look that failed: the others are not to wait behind it for ever.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void postpone(UUID id) {
    session.createMutationQuery("update Ticket set clockAt = ?1 where id = ?2")
        .setParameter(1, clock.instant().plus(config.pauseAfterMishap()))
        .setParameter(2, id)
        .executeUpdate();
  }

  /// Tickets that are closed stay as they ended.
  void changed(@Observes PaceChanged changed) {
    if (!changed.priorities().isEmpty()) {
      session.createMutationQuery("update Ticket set clockAt = ?1 where priorityId in ?2 and statusKind <> 'closed'")
          .setParameter(1, clock.instant())
          .setParameter(2, changed.priorities())
          .executeUpdate();
    }
  }
}
