package dev.posthorn.archive;

import dev.posthorn.mail.Sha256;
import dev.posthorn.privacy.Statements;
import dev.posthorn.privacy.Statements.Due;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The exports and imports of the current tenant.
@ApplicationScoped
class Archives {
  private static final String FIELDS =
      "id, kind, format, state, channel_id, sha256, size, imported, known, refused, detail, attempts, position, inflated, expires_at, created_at, updated_at";

  private final Statements statements;
  private final ArchiveConfig config;
  private final Clock clock;

  Archives(Statements statements, ArchiveConfig config, Clock clock) {
    this.statements = statements;
    this.config = config;
    this.clock = clock;
  }

  /// Belongs to the running transaction, as the bytes of an import do.
  ///
  /// @param sha256 null for an export
  UUID add(String kind, String format, UUID channelId, Sha256 sha256, long size) {
    var id = Ids.next();
    var now = clock.instant();
    statements.change("insert into archive (tenant_id, id, kind, format, state, channel_id, sha256, size, due_at, created_at, updated_at) "
        + "values (?, ?, ?, ?, 'pending', ?, decode(?, 'hex'), ?, ?, ?, ?)", id, kind, format, channelId, sha256 == null ? null : sha256.hex(), size, now, now, now);
    return id;
  }

  @Transactional
  Optional<Archive> one(String kind, UUID id) {
    return statements.read("select " + FIELDS + " from archive where tenant_id = ? and kind = ? and id = ?", Archives::archive, kind, id).stream().findFirst();
  }

  @Transactional
  Optional<Archive> any(UUID id) {
    return statements.read("select " + FIELDS + " from archive where tenant_id = ? and id = ?", Archives::archive, id).stream().findFirst();
  }

  /// Newest first.
  @Transactional
  List<Archive> page(String kind, Cursor after, int atMost) {
    return after == null ? statements.read("select " + FIELDS + " from archive where tenant_id = ? and kind = ? order by id desc limit ?", Archives::archive, kind, atMost)
        : statements.read("select " + FIELDS + " from archive where tenant_id = ? and kind = ? and id < ? order by id desc limit ?", Archives::archive, kind, after.id(), atMost);
  }

  @Transactional
  long count(String kind) {
    return statements.read("select count(*) from archive where tenant_id = ? and kind = ?", row -> row.getLong(1), kind).getFirst();
  }

  /// An item of an import that could not be.
  record Fault(int number, String item, String detail) {}

  @Transactional
  List<Fault> faults(UUID id, int atMost) {
    return statements.read("select number, item, detail from import_fault where tenant_id = ? and archive_id = ? order by number limit ?",
        row -> new Fault(row.getInt(1), row.getString(2), row.getString(3)), id, atMost);
  }

  /// Takes an item for this import, in the running transaction that imports it. Of two imports that bring it, the second waits here.
  ///
  /// @return whether nobody has imported it before
  boolean take(UUID key) {
    return statements.change("insert into imported_item (tenant_id, key) values (?, ?) on conflict do nothing", key) > 0;
  }

  /// An item is done: counts it, and is a sign of life. Whoever goes on goes on behind it.
  ///
  /// @param column `imported`, `known` or `refused`
  /// @param number of the item in the file, from 1
  /// @param inflated bytes of mails that were unpacked so far
  @Transactional
  void counted(UUID id, String column, int number, long inflated) {
    set(id, column + " = " + column + " + 1, position = " + number + ", inflated = " + inflated);
  }

  /// @param before how many were refused before it
  @Transactional
  void refused(UUID id, int number, long inflated, int before, String item, String detail) {
    if (before < config.maxFaults()) {
      statements.change("insert into import_fault (tenant_id, archive_id, number, item, detail) values (?, ?, ?, ?, ?) on conflict do nothing", id, number, item, detail);
    }
    counted(id, "refused", number, inflated);
  }

  /// It has come some way, and others have their turn.
  @Transactional
  void turned(UUID id) {
    set(id, "attempts = 0");
    statements.change("update archive a set due_at = n.now from (select ?::uuid as tenant_id, ?::uuid as id, ?::timestamptz as now) n "
        + "where a.tenant_id = n.tenant_id and a.id = n.id", id, clock.instant());
  }

  @Transactional
  void alive(UUID id, int exported) {
    set(id, "imported = " + exported);
  }

  private void set(UUID id, String what) {
    var now = clock.instant();
    statements.change("update archive a set " + what + ", due_at = n.due, updated_at = n.now from (select ?::uuid as tenant_id, ?::uuid as id, ?::timestamptz as due, "
        + "?::timestamptz as now) n where a.tenant_id = n.tenant_id and a.id = n.id", id, now.plus(config.lease()), now);
  }

  /// It is there to be fetched; belongs to the running transaction, as its bytes do.
  ///
  /// @return not where somebody was erased meanwhile, of whom it may hold something: it is to be made anew
  boolean exported(UUID id, Sha256 sha256, long size, int tickets) {
    var now = clock.instant();
    return statements.change("update archive a set state = 'done', sha256 = n.sha256, size = n.size, imported = n.tickets, expires_at = n.expires, updated_at = n.now "
        + "from (select ?::uuid as tenant_id, ?::uuid as id, decode(?, 'hex') as sha256, ?::bigint as size, ?::int as tickets, ?::timestamptz as expires, ?::timestamptz as now) n "
        + "where a.tenant_id = n.tenant_id and a.id = n.id and a.state = 'pending' and a.claimed_at is not null", id, sha256.hex(), size, tickets, now.plus(config.exportKeep()), now) > 0;
  }

  /// It came to its end; what was brought is not needed any more.
  @Transactional
  void ended(UUID id, String state, String detail) {
    statements.change("update archive a set state = n.state, detail = n.detail, sha256 = null, updated_at = n.now "
        + "from (select ?::uuid as tenant_id, ?::uuid as id, ? as state, ? as detail, ?::timestamptz as now) n where a.tenant_id = n.tenant_id and a.id = n.id",
        id, state, detail, clock.instant());
  }

  /// Some to be done, leased to this node.
  List<Due> claim(int atMost) {
    return statements.across("select tenant_id, id from claim_archives(?, make_interval(secs => ?), ?)", atMost, config.lease().toMillis() / 1000.0, clock.instant());
  }

  List<Due> expired(int atMost) {
    return statements.across("select tenant_id, id from expired_archives(?, ?)", atMost, clock.instant());
  }

  private static Archive archive(ResultSet row) throws SQLException {
    var sha256 = row.getBytes(6);
    return new Archive(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4), row.getObject(5, UUID.class),
        sha256 == null ? null : Sha256.of(sha256), row.getLong(7), row.getInt(8), row.getInt(9), row.getInt(10), row.getString(11), row.getInt(12),
        row.getInt(13), row.getLong(14), time(row, 15), time(row, 16), time(row, 17));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /// The name of an item, whichever import brings it.
  static UUID key(String name) {
    var digest = ByteBuffer.wrap(Sha256.digest(name.getBytes(StandardCharsets.UTF_8)).bytes());
    return new UUID(digest.getLong(), digest.getLong());
  }
}
