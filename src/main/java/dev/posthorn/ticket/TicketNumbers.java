package dev.posthorn.ticket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import dev.posthorn.tenant.CurrentTenant;

/// Counts tickets per tenant from 1, without gaps: a number goes back when its transaction does. The counter's row is locked
/// until the commit, so a transaction takes all its numbers at once, as late as it can.
@ApplicationScoped
public class TicketNumbers {
  private final EntityManager entities;
  private final CurrentTenant tenant;

  TicketNumbers(EntityManager entities, CurrentTenant tenant) {
    this.entities = entities;
    this.tenant = tenant;
  }

  /// @return the first of `count` numbers that are the caller's
  public long take(int count) {
    var last = (Number) entities.createNativeQuery(
            "update ticket_counter set last_number = last_number + :count where tenant_id = :tenant returning last_number")
        .setParameter("count", count)
        .setParameter("tenant", tenant.value())
        .getSingleResult();
    return last.longValue() - count + 1;
  }
}
