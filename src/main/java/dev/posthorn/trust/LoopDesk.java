package dev.posthorn.trust;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.trust.LoopResource.LoopView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with stopped loops. Each method is one transaction.
@ApplicationScoped
@Transactional
class LoopDesk {
  private final Budgets budgets;
  private final Journal journal;
  private final Preconditions preconditions;
  private final Clock clock;

  LoopDesk(Budgets budgets, Journal journal, Preconditions preconditions, Clock clock) {
    this.budgets = budgets;
    this.journal = journal;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  Page<LoopView> list(Listing listing) {
    return listing.answer(budgets::openLoops, row -> Cursor.at(row.id), LoopView::of, budgets::countOpenLoops);
  }

  LoopView show(UUID id) {
    return LoopView.of(open(Optional.ofNullable(budgets.findById(id))));
  }

  void reset(UUID id) {
    var row = open(Optional.ofNullable(budgets.findById(id, LockModeType.PESSIMISTIC_WRITE)));
    preconditions.check(LoopView.of(row));
    row.begin(clock.instant());
    journal.ticket("loop.closed", row.ticketId, Actor.ADMIN, Map.of("loopId", row.id, "by", "reset"));
  }

  private static Budget open(Optional<Budget> row) {
    return row.filter(budget -> budget.kind.equals(Budget.LOOP) && budget.isOpen()).orElseThrow(() -> Refusal.notFound("loop"));
  }
}
