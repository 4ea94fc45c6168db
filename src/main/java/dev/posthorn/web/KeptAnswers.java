package dev.posthorn.web;

import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The answers given to requests with an `Idempotency-Key`. Everything here runs in the transaction of the request itself.
@ApplicationScoped
class KeptAnswers {
  /// Old rows are swept by those who write new ones, some at a time.
  private static final int SWEPT_AT_ONCE = 100;

  /// Where answers are kept: a tenant's behind its wall; the operator's, who belongs to no tenant, apart.
  private enum Shelf {
    TENANT("idempotency", "tenant_id, ", "current_tenant(), ", "tenant_id = current_tenant() and "),
    OPERATOR("operator_idempotency", "", "", "");

    private final String table;
    private final String column;
    private final String owner;
    private final String own;

    Shelf(String table, String column, String owner, String own) {
      this.table = table;
      this.column = column;
      this.owner = owner;
      this.own = own;
    }

    /// The statement for this shelf.
    private String sql(String text) {
      return text.replace("{table}", table).replace("{column}", column).replace("{owner}", owner).replace("{own}", own);
    }
  }

  private final EntityManager rows;
  private final CurrentTenant tenant;
  private final Clock clock;
  private final Duration keep;

  KeptAnswers(EntityManager rows, CurrentTenant tenant, Clock clock, WebConfig config) {
    this.rows = rows;
    this.tenant = tenant;
    this.clock = clock;
    this.keep = config.idempotency().keep();
  }

  /// Takes the key for this request. Where another request has it and is still at work, this waits for its end: the
  /// primary key of the table makes it so. A row that is older than the configured time counts as none.
  ///
  /// @return nothing if the request is to be done now, else what was answered then
  /// @throws Refusal 422 if the key was used for another request
  Optional<KeptAnswer> take(String key, String operation, byte[] requestHash) {
    var now = clock.instant();
    var taken = statement("""
        insert into {table} ({column}key, operation, request_hash, created_at)
        values ({owner}:key, :operation, :hash, :now)
        on conflict ({column}key) do update
          set operation = excluded.operation, request_hash = excluded.request_hash, status = null, location = null,
              body = null, created_at = excluded.created_at
          where {table}.created_at < :tooOld""")
        .setParameter("key", key)
        .setParameter("operation", operation)
        .setParameter("hash", requestHash)
        .setParameter("now", now)
        .setParameter("tooOld", now.minus(keep))
        .executeUpdate();
    return taken == 1 ? Optional.empty() : Optional.of(kept(key, operation, requestHash));
  }

  /// What was answered to this request before, if it was done and is remembered.
  ///
  /// @throws Refusal 422 if the key was used for another request
  Optional<KeptAnswer> find(String key, String operation, byte[] requestHash) {
    var found = (Number) statement("select count(*) from {table} where {own}key = :key and status is not null and created_at >= :tooOld")
        .setParameter("key", key)
        .setParameter("tooOld", clock.instant().minus(keep))
        .getSingleResult();
    return found.longValue() == 0 ? Optional.empty() : Optional.of(kept(key, operation, requestHash));
  }

  private KeptAnswer kept(String key, String operation, byte[] requestHash) {
    var row = (Tuple) rows.createNativeQuery(shelf().sql("""
        select operation, request_hash, status, location, body from {table}
        where {own}key = :key"""), Tuple.class)
        .setParameter("key", key)
        .getSingleResult();
    if (!row.get(0, String.class).equals(operation) || !MessageDigest.isEqual(row.get(1, byte[].class), requestHash)) {
      throw Refusal.at("Idempotency-Key", ProblemKind.IDEMPOTENCY_KEY_REUSED, "This key was used for another request.");
    }
    return new KeptAnswer(row.get(2, Integer.class), row.get(3, String.class), row.get(4, String.class));
  }

  /// Keeps the answer with the key that [#take] took.
  void keep(String key, KeptAnswer answer) {
    statement("""
        update {table} set status = :status, location = :location, body = :body
        where {own}key = :key""")
        .setParameter("status", answer.status())
        .setParameter("location", answer.location())
        .setParameter("body", answer.body())
        .setParameter("key", key)
        .executeUpdate();
    sweep();
  }

  /// Rows that others are sweeping are skipped: two sweepers never wait for each other.
  private void sweep() {
    statement("""
        delete from {table} where {own}key in (
          select key from {table} where {own}created_at < :tooOld
          order by created_at limit :atMost for update skip locked)""")
        .setParameter("tooOld", clock.instant().minus(keep))
        .setParameter("atMost", SWEPT_AT_ONCE)
        .executeUpdate();
  }

  private Query statement(String sql) {
    return rows.createNativeQuery(shelf().sql(sql));
  }

  private Shelf shelf() {
    return tenant.find().isPresent() ? Shelf.TENANT : Shelf.OPERATOR;
  }
}
