package dev.posthorn.triage;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.BaseSubject;
import dev.posthorn.ticket.Tickets;
import dev.posthorn.trust.Budget;
import dev.posthorn.trust.BudgetConfig;
import dev.posthorn.trust.Budgets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Two programs that answer each other, and one that never stops, open no tickets without end (P-28): mails from one sender
/// to one channel with one subject have a budget, and what comes beyond it goes into the last ticket, kept but unanswered.
@ApplicationScoped
class LoopGate {
  /// The reason of mails that were kept from opening a ticket.
  static final String BY = "loop";

  private final Budgets budgets;
  private final BudgetConfig config;
  private final Tickets tickets;
  private final Journal journal;
  private final Clock clock;

  LoopGate(Budgets budgets, BudgetConfig config, Tickets tickets, Journal journal, Clock clock) {
    this.budgets = budgets;
    this.config = config;
    this.tickets = tickets;
    this.journal = journal;
    this.clock = clock;
  }

  /// For one batch, under the locks of its senders. The tickets of loops that are open become known to the evidence.
  Watch watch(List<Reading> batch, Evidence evidence) {
    // Who has a signed address had a mail of ours: the mail goes into that ticket, and opens none.
    var keys = batch.stream().filter(reading -> reading.mail().signedNumber().isEmpty())
        .collect(Collectors.toMap(Key::of, reading -> reading, (first, _) -> first));
    var held = budgets.hold(Budget.LOOP, keys.keySet().stream().map(Key::text).toList());
    var byKey = new HashMap<Key, Budget>();
    keys.keySet().forEach(key -> byKey.put(key, held.get(key.text())));
    var last = byKey.values().stream().map(budget -> budget.ticketId).filter(Objects::nonNull).collect(Collectors.toSet());
    tickets.lock(tickets.withMergeTargets(last)).values().forEach(evidence::add);
    return new Watch(byKey, evidence);
  }

  /// What the same program would write again: digits count what it wrote before.
  private record Key(UUID channelId, String address, String subject) {
    static Key of(Reading reading) {
      return new Key(reading.channel().id, reading.mail().sender().normalized(),
          BaseSubject.of(reading.mail().subject()).value().replaceAll("\\d+", "#"));
    }

    String text() {
      return UUID.nameUUIDFromBytes((channelId + "\n" + address + "\n" + subject).getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public String toString() {
      return "Key[" + channelId + "]";
    }
  }

  /// The budgets of one batch, while its mails are placed.
  final class Watch {
    private final Map<Key, Budget> byKey;
    private final Evidence evidence;

    private Watch(Map<Key, Budget> byKey, Evidence evidence) {
      this.byKey = byKey;
      this.evidence = evidence;
    }

    /// A mail would open a ticket.
    ///
    /// @return the ticket that it goes into instead; empty where it may
    Optional<UUID> instead(Reading reading) {
      var key = Key.of(reading);
      var budget = byKey.get(key);
      if (budget == null) {
        return Optional.empty();
      }
      var now = clock.instant();
      var turn = budget.spend(now, reading.isByProgram() ? config.loopMostAutomatic() : config.loopMost(), config.loopWindow(), config.loopQuiet());
      tell(turn, key, budget);
      return budget.isOpen() ? Optional.ofNullable(budget.ticketId).flatMap(evidence::ticket).map(ticket -> evidence.goesOn(ticket).id) : Optional.empty();
    }

    /// All mails are placed.
    void keep() {
      budgets.keep(byKey.values());
    }

    /// The ticket that the mail opened takes what comes too much.
    void opened(Reading reading, UUID ticketId) {
      Optional.ofNullable(byKey.get(Key.of(reading))).ifPresent(budget -> budget.ticketId = ticketId);
    }

    private void tell(Budget.Turn turn, Key key, Budget budget) {
      switch (turn) {
        case SPENT, STILL_OPEN -> {
          // As it was.
        }
        case OPENED -> {
          budget.channelId = key.channelId;
          budget.address = key.address;
          budget.subject = key.subject;
          journal.ticket("loop.opened", budget.ticketId, Actor.SYSTEM, Map.of("loopId", budget.id, "inboundChannelId", key.channelId, "mails", budget.spent));
        }
        case CLOSED -> journal.ticket("loop.closed", budget.ticketId, Actor.SYSTEM, Map.of("loopId", budget.id, "by", "quiet"));
      }
    }
  }
}
