package dev.posthorn.privacy;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.privacy.Statements.Due;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Contacts of the current tenant that are forgotten, or are being so.
@ApplicationScoped
class Erasures {
  static final String PENDING = "pending";
  static final String SWEEPING = "sweeping";
  static final String DONE = "done";

  private static final String FIELDS = "id, contact_id, state, tickets, messages, mails, created_at, finished_at";

  /// One of them.
  ///
  /// @param tickets that were deleted
  /// @param messages in tickets of others that lost what was theirs
  /// @param mails that came and of which nothing but that is known any more
  record Erasure(UUID id, UUID contactId, String state, int tickets, int messages, int mails, Instant createdAt, Instant finishedAt) {}

  private final Statements statements;
  private final Journal journal;
  private final Caller caller;
  private final PrivacyConfig config;
  private final Clock clock;

  Erasures(Statements statements, Journal journal, Caller caller, PrivacyConfig config, Clock clock) {
    this.statements = statements;
    this.journal = journal;
    this.caller = caller;
    this.config = config;
    this.clock = clock;
  }

  /// Asked again, it is the same one.
  ///
  /// @throws Refusal 422 where there is no such contact
  @Transactional
  Erasure begin(UUID contactId) {
    var known = find("contact_id = ?", contactId);
    if (known.isPresent()) {
      return known.get();
    }
    if (statements.ids("select id from contact where tenant_id = ? and id = ? for update", contactId).isEmpty()) {
      throw Refusal.unprocessable("/contactId", "There is no such contact.");
    }
    var id = Ids.next();
    var now = clock.instant();
    statements.change("insert into erasure (tenant_id, id, contact_id, state, due_at, created_at) values (?, ?, ?, 'pending', ?, ?)", id, contactId, now, now);
    journal.tenant("contact.erasure-requested", caller.agentId().map(Actor::agent).orElse(Actor.ADMIN), Map.of("contactId", contactId));
    return one(id).orElseThrow();
  }

  @Transactional
  Optional<Erasure> one(UUID id) {
    return find("id = ?", id);
  }

  private Optional<Erasure> find(String which, UUID id) {
    return statements.read("select " + FIELDS + " from erasure where tenant_id = ? and " + which, Erasures::erasure, id).stream().findFirst();
  }

  /// Newest first.
  @Transactional
  List<Erasure> page(Cursor after, int atMost) {
    return after == null ? statements.read("select " + FIELDS + " from erasure where tenant_id = ? order by id desc limit ?", Erasures::erasure, atMost)
        : statements.read("select " + FIELDS + " from erasure where tenant_id = ? and id < ? order by id desc limit ?", Erasures::erasure, after.id(), atMost);
  }

  @Transactional
  long count() {
    return statements.read("select count(*) from erasure where tenant_id = ?", row -> row.getLong(1)).getFirst();
  }

  /// Adds to what was done, in the running transaction.
  void counted(UUID id, int tickets, int messages, int mails) {
    statements.change("update erasure e set tickets = e.tickets + n.t, messages = e.messages + n.m, mails = e.mails + n.i "
        + "from (select ?::uuid as tenant_id, ?::int as t, ?::int as m, ?::int as i, ?::uuid as id) n where e.tenant_id = n.tenant_id and e.id = n.id",
        tickets, messages, mails, id);
  }

  /// Goes on later.
  void is(UUID id, String state, Instant due) {
    statements.change("update erasure e set state = n.state, due_at = n.due, finished_at = case n.state when 'done' then n.due end "
        + "from (select ?::uuid as tenant_id, ? as state, ?::timestamptz as due, ?::uuid as id) n where e.tenant_id = n.tenant_id and e.id = n.id", state, due, id);
  }

  /// Some that are due, leased to this node.
  List<Due> claim(int atMost) {
    return statements.across("select tenant_id, id from claim_erasures(?, make_interval(secs => ?), ?)", atMost, config.lease().toMillis() / 1000.0, clock.instant());
  }

  private static Erasure erasure(ResultSet row) throws SQLException {
    var finished = row.getObject(8, OffsetDateTime.class);
    return new Erasure(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getInt(4), row.getInt(5), row.getInt(6),
        row.getObject(7, OffsetDateTime.class).toInstant(), finished == null ? null : finished.toInstant());
  }
}
