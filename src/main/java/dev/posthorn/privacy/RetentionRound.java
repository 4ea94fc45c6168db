package dev.posthorn.privacy;

import dev.posthorn.event.Actor;
import dev.posthorn.privacy.Retentions.Retention;
import dev.posthorn.ticket.Deletion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Takes away what is older than the current tenant wants, batch by batch, each in a transaction of its own.
@ApplicationScoped
class RetentionRound {
  private static final UUID FIRST = new UUID(0, 0);

  private final Retentions retentions;
  private final Deletion deletion;
  private final Statements statements;
  private final PrivacyConfig config;
  private final Clock clock;

  RetentionRound(Retentions retentions, Deletion deletion, Statements statements, PrivacyConfig config, Clock clock) {
    this.retentions = retentions;
    this.deletion = deletion;
    this.statements = statements;
    this.config = config;
    this.clock = clock;
  }

  void run() {
    var wanted = retentions.find();
    var now = clock.instant();
    if (wanted.closedTicketDays() != null) {
      tickets(before(now, wanted.closedTicketDays()));
    }
    if (wanted.quarantineDays() != null) {
      quarantine(before(now, wanted.quarantineDays()));
    }
    if (wanted.ignoredMailDays() != null) {
      inbound("state = 'ignored'", before(now, wanted.ignoredMailDays()));
    }
    raw(wanted, now);
    retentions.done(now.plus(config.retentionInterval()));
  }

  private static Instant before(Instant now, int days) {
    return now.minus(Duration.ofDays(days));
  }

  /// What was merged into a ticket goes with it, and not before.
  private void tickets(Instant before) {
    var last = FIRST;
    for (List<UUID> found = closed(before, last); !found.isEmpty(); found = closed(before, last)) {
      found.forEach(ticket -> deletion.erase(ticket, Actor.SYSTEM));
      last = found.getLast();
    }
  }

  private List<UUID> closed(Instant before, UUID after) {
    return statements.ids("select id from ticket where tenant_id = ? and closed_at < ? and merged_into_id is null and id > ? order by id limit ?", before, after,
        config.batch());
  }

  /// They came, and became nothing.
  private void quarantine(Instant before) {
    while (statements.change("""
        update inbound_mail m set state = 'ignored', reason = 'retention', settled_at = now(), raw_gone_at = now(), envelope_from = '',
          remote_address = '', helo = '', sender = null, subject = null, explanation = null
        from (select tenant_id, id from inbound_mail where tenant_id = ? and state = 'quarantined' and received_at < ? limit ? for update skip locked) old
        where m.tenant_id = old.tenant_id and m.id = old.id""", before, config.batch()) > 0) {
      // batch by batch
    }
  }

  private void raw(Retention wanted, Instant now) {
    if (wanted.rawMailDays() == null) {
      return;
    }
    var before = before(now, wanted.rawMailDays());
    inbound("state not in ('pending', 'quarantined')", before);
    while (change("outbound_mail", "created_at < ? and raw_gone_at is null and state not in ('queued', 'deferred')", before) > 0) {
      // batch by batch
    }
    while (change("message", "received_at < ? and raw_gone_at is null and inbound_mail_id is null and outbound_mail_id is null", before) > 0) {
      // batch by batch
    }
  }

  private void inbound(String which, Instant before) {
    while (change("inbound_mail", "received_at < ? and raw_gone_at is null and " + which, before) > 0) {
      // batch by batch
    }
  }

  private int change(String table, String which, Instant before) {
    return statements.change("update " + table + " m set raw_gone_at = now() from (select tenant_id, id from " + table + " where tenant_id = ? and " + which
        + " limit ? for update skip locked) old where m.tenant_id = old.tenant_id and m.id = old.id", before, config.batch());
  }
}
