package dev.posthorn.ticket;

import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Why people were done with tickets. Works in the caller's transaction.
@ApplicationScoped
class WrapUps {
  private final EntityManager entities;
  private final WrapUpCodes codes;
  private final Queues queues;
  private final Caller caller;
  private final Clock clock;

  WrapUps(EntityManager entities, WrapUpCodes codes, Queues queues, Caller caller, Clock clock) {
    this.entities = entities;
    this.codes = codes;
    this.queues = queues;
    this.caller = caller;
    this.clock = clock;
  }

  /// @param codeId null where none is given
  /// @throws Refusal 422 where the ticket's queue demands one, and for one that cannot be chosen
  void note(Ticket ticket, UUID codeId, String kind) {
    if (codeId == null) {
      demandNone(ticket);
      return;
    }
    var code = codes.findByIdOptional(codeId).filter(found -> found.active)
        .orElseThrow(() -> Refusal.unprocessable("/wrapUpCodeId", "There is no such wrap-up code."));
    var row = new WrapUp();
    row.id = Ids.next();
    row.ticketId = ticket.id;
    row.queueId = ticket.queueId;
    row.agentId = caller.agentId().orElse(null);
    row.wrapUpCodeId = code.id;
    row.kind = kind;
    row.at = clock.instant();
    entities.persist(row);
  }

  /// @throws Refusal 422 where the ticket's queue demands a code
  void demandNone(Ticket ticket) {
    Queue queue = queues.findById(ticket.queueId);
    if (queue.wrapUpRequired) {
      throw Refusal.unprocessable("/wrapUpCodeId", "The queue " + queue.name + " wants to know why.");
    }
  }

  /// @param queueId null for all
  List<Object[]> counts(Instant from, Instant to, UUID queueId) {
    var query = entities.createQuery("select wrapUp.queueId, wrapUp.wrapUpCodeId, wrapUp.kind, count(*) from WrapUp wrapUp"
            + " where wrapUp.at >= ?1 and wrapUp.at < ?2" + (queueId == null ? "" : " and wrapUp.queueId = ?3")
            + " group by wrapUp.queueId, wrapUp.wrapUpCodeId, wrapUp.kind order by 1, 2, 3", Object[].class)
        .setParameter(1, from).setParameter(2, to);
    if (queueId != null) {
      query.setParameter(3, queueId);
    }
    return query.getResultList();
  }
}
