package dev.posthorn.privacy;

import dev.posthorn.privacy.Statements.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// How long the current tenant keeps what.
@ApplicationScoped
class Retentions {
  /// In days; null for ever.
  record Retention(Integer closedTicketDays, Integer rawMailDays, Integer quarantineDays, Integer ignoredMailDays) {
    static final Retention FOR_EVER = new Retention(null, null, null, null);
  }

  private final Statements statements;
  private final PrivacyConfig config;
  private final Clock clock;

  Retentions(Statements statements, PrivacyConfig config, Clock clock) {
    this.statements = statements;
    this.config = config;
    this.clock = clock;
  }

  @Transactional
  Retention find() {
    return statements.read("select closed_ticket_days, raw_mail_days, quarantine_days, ignored_mail_days from retention where tenant_id = ?", Retentions::retention)
        .stream().findFirst().orElse(Retention.FOR_EVER);
  }

  private static Retention retention(ResultSet row) throws SQLException {
    return new Retention(row.getObject(1, Integer.class), row.getObject(2, Integer.class), row.getObject(3, Integer.class), row.getObject(4, Integer.class));
  }

  /// It is looked at soon.
  @Transactional
  void decide(Retention wanted) {
    var now = clock.instant();
    statements.change("""
        insert into retention (tenant_id, closed_ticket_days, raw_mail_days, quarantine_days, ignored_mail_days, due_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)
        on conflict (tenant_id) do update set closed_ticket_days = excluded.closed_ticket_days, raw_mail_days = excluded.raw_mail_days,
          quarantine_days = excluded.quarantine_days, ignored_mail_days = excluded.ignored_mail_days, due_at = excluded.due_at,
          updated_at = excluded.updated_at, version = retention.version + 1""",
        wanted.closedTicketDays, wanted.rawMailDays, wanted.quarantineDays, wanted.ignoredMailDays, now, now);
  }

  @Transactional
  void done(Instant next) {
    statements.change("update retention r set due_at = n.at from (select ?::uuid as tenant_id, ?::timestamptz as at) n where r.tenant_id = n.tenant_id", next);
  }

  /// Tenants that are due, leased to this node.
  List<Due> claim(int atMost) {
    return statements.across("select tenant_id, id from claim_retention(?, make_interval(secs => ?), ?)", atMost, config.lease().toMillis() / 1000.0, clock.instant());
  }
}
