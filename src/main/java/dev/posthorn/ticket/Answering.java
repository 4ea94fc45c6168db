package dev.posthorn.ticket;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What an answer makes of its ticket, by whichever channel it leaves: it is answered, its status is as wished, and whoever wrote
/// writes no more.
@ApplicationScoped
class Answering {
  private final ReplyChecks checks;
  private final Statuses statuses;
  private final Drafting drafting;
  private final Journal journal;
  private final Clock clock;

  Answering(ReplyChecks checks, Statuses statuses, Drafting drafting, Journal journal, Clock clock) {
    this.checks = checks;
    this.statuses = statuses;
    this.drafting = drafting;
    this.journal = journal;
    this.clock = clock;
  }

  void done(Ticket ticket, ReplyRequest request, Optional<UUID> author) {
    var now = clock.instant();
    ticket.answers(now);
    var actor = author.map(Actor::agent).orElse(Actor.ADMIN);
    var status = request.status() != null ? checks.status(request.status())
        : statuses.ofKind(ticket.statusKind.equals(Status.NEW) ? Status.OPEN : ticket.statusKind);
    if (!status.name.equals(ticket.status) && (request.status() != null || ticket.statusKind.equals(Status.NEW))) {
      journal.ticket("ticket.status-changed", ticket.id, actor, Map.of("from", ticket.status, "to", status.name));
      ticket.is(status, now);
    }
    author.ifPresent(agent -> drafting.ends(ticket.id, agent));
  }
}
