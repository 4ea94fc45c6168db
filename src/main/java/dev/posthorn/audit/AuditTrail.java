package dev.posthorn.audit;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The records and the chain of the current tenant, or of the platform where there is none. Every method belongs to the running
/// transaction.
@ApplicationScoped
class AuditTrail {
  /// Stands for the platform; no tenant has it.
  static final UUID PLATFORM = new UUID(0, 0);

  private static final String FIELDS =
      "r.id, r.at, r.role, r.agent_id, r.contact_id, r.key_id, r.request_id, r.remote_address, r.action, r.resource, r.detail";

  /// Written at once with the note that the chain lacks it.
  private static final String WRITE = """
      with written as (
        insert into audit_record (tenant_id, id, at, role, agent_id, contact_id, key_id, request_id, remote_address, action, resource, detail)
        select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where %s
        returning tenant_id, id)
      insert into audit_unsealed (tenant_id, record_id) select tenant_id, id from written""";

  private final DataSource dataSource;
  private final CurrentTenant tenant;

  AuditTrail(DataSource dataSource, CurrentTenant tenant) {
    this.dataSource = dataSource;
    this.tenant = tenant;
  }

  /// Whose chain this is.
  UUID chain() {
    return tenant.find().map(TenantId::value).orElse(PLATFORM);
  }

  void write(Deed deed) {
    write(deed, "true");
  }

  /// Writes it if the running transaction has written anything else before.
  ///
  /// @return whether it has
  boolean writeIfAnythingWas(Deed deed) {
    return write(deed, "pg_current_xact_id_if_assigned() is not null");
  }

  private boolean write(Deed deed, String where) {
    try (var connection = dataSource.getConnection(); var insert = connection.prepareStatement(WRITE.formatted(where))) {
      insert.setObject(1, chain());
      insert.setObject(2, deed.id());
      insert.setObject(3, deed.at().atOffset(ZoneOffset.UTC));
      insert.setString(4, deed.role());
      insert.setObject(5, deed.agentId());
      insert.setObject(6, deed.contactId());
      insert.setString(7, deed.keyId());
      insert.setObject(8, deed.requestId());
      insert.setString(9, deed.remoteAddress());
      insert.setString(10, deed.action());
      insert.setString(11, deed.resource());
      insert.setString(12, deed.detail());
      return insert.executeUpdate() > 0;
    } catch (SQLException e) {
      throw new IllegalStateException("The audit could not be written", e);
    }
  }

  /// A record, and its link where the chain has it.
  ///
  /// @param sequence null where the chain does not have it yet, as the hash
  record Entry(Deed deed, Long sequence, byte[] hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && entry.deed.equals(deed);
    }

    @Override
    public int hashCode() {
      return deed.hashCode();
    }
  }

  /// Which records a list shows; null for any.
  ///
  /// @param resource a path, with everything below it
  record Wanted(String action, String keyId, UUID agentId, String resource, Instant from, Instant to) {}

  /// Newest first.
  ///
  /// @param before only those with a lower id; null for all
  List<Entry> page(Wanted wanted, UUID before, int atMost) {
    return read("""
        select %s, s.sequence, s.hash from audit_record r left join audit_seal s on s.tenant_id = r.tenant_id and s.record_id = r.id
        where %s and (?::uuid is null or r.id < ?::uuid) order by r.id desc limit ?""".formatted(FIELDS, condition()), select -> {
      int next = bind(select, wanted);
      select.setObject(next++, before);
      select.setObject(next++, before);
      select.setInt(next, atMost);
    }, row -> new Entry(deed(row), row.getObject(12, Long.class), row.getBytes(13)));
  }

  long count(Wanted wanted) {
    return read("select count(*) from audit_record r where " + condition(), select -> bind(select, wanted), row -> row.getLong(1)).getFirst();
  }

  private static String condition() {
    return """
        r.tenant_id = ? and (?::text is null or r.action = ?) and (?::text is null or r.key_id = ?) and (?::uuid is null or r.agent_id = ?::uuid)
        and (?::text is null or r.resource = ? or starts_with(r.resource, ? || '/'))
        and (?::timestamptz is null or r.at >= ?::timestamptz) and (?::timestamptz is null or r.at < ?::timestamptz)""";
  }

  private int bind(PreparedStatement select, Wanted wanted) throws SQLException {
    int next = 1;
    select.setObject(next++, chain());
    for (var text : new String[] {wanted.action, wanted.action, wanted.keyId, wanted.keyId}) {
      select.setString(next++, text);
    }
    select.setObject(next++, wanted.agentId);
    select.setObject(next++, wanted.agentId);
    for (var text : new String[] {wanted.resource, wanted.resource, wanted.resource}) {
      select.setString(next++, text);
    }
    for (var time : new Instant[] {wanted.from, wanted.from, wanted.to, wanted.to}) {
      select.setObject(next++, time == null ? null : time.atOffset(ZoneOffset.UTC));
    }
    return next;
  }

  /// The chain from a place on, in its order.
  List<ChainCheck.Link> links(long after, int atMost) {
    return read("""
        select s.record_id, r.at, r.role, r.agent_id, r.contact_id, r.key_id, r.request_id, r.remote_address, r.action, r.resource, r.detail,
          s.sequence, s.previous, s.hash, r.id is not null
        from audit_seal s left join audit_record r on r.tenant_id = s.tenant_id and r.id = s.record_id
        where s.tenant_id = ? and s.sequence > ? order by s.sequence limit ?""", select -> {
      select.setObject(1, chain());
      select.setLong(2, after);
      select.setInt(3, atMost);
    }, row -> new ChainCheck.Link(row.getLong(12), row.getObject(1, UUID.class), row.getBytes(13), row.getBytes(14), row.getBoolean(15) ? deed(row) : null));
  }

  /// The last link.
  Optional<ChainCheck.Anchor> head() {
    return read("select sequence, hash from audit_seal where tenant_id = ? order by sequence desc limit 1", select -> select.setObject(1, chain()),
        row -> new ChainCheck.Anchor(row.getLong(1), row.getBytes(2))).stream().findFirst();
  }

  /// How many records wait for the chain.
  long unsealed() {
    return read("select count(*) from audit_unsealed where tenant_id = ?", select -> select.setObject(1, chain()), row -> row.getLong(1)).getFirst();
  }

  /// A record that is gone before the chain had it; and one that nothing ever waited to be sealed of, so that nobody wrote it by the front door.
  Optional<ChainCheck.Flaw> outside(long next) {
    return read("""
        (select u.record_id, 'record-missing' from audit_unsealed u
         where u.tenant_id = ? and not exists (select from audit_record r where r.tenant_id = u.tenant_id and r.id = u.record_id) limit 1)
        union all
        (select r.id, 'link-missing' from audit_record r
         where r.tenant_id = ? and not exists (select from audit_seal s where s.tenant_id = r.tenant_id and s.record_id = r.id)
           and not exists (select from audit_unsealed u where u.tenant_id = r.tenant_id and u.record_id = r.id) limit 1)""", select -> {
      select.setObject(1, chain());
      select.setObject(2, chain());
    }, row -> new ChainCheck.Flaw(next, row.getObject(1, UUID.class), row.getString(2))).stream().findFirst();
  }

  /// The next records that the chain lacks, in the order of their ids.
  List<Deed> waiting(int atMost) {
    return read("""
        select %s from audit_unsealed u join audit_record r on r.tenant_id = u.tenant_id and r.id = u.record_id
        where u.tenant_id = ? order by u.record_id limit ?""".formatted(FIELDS), select -> {
      select.setObject(1, chain());
      select.setInt(2, atMost);
    }, AuditTrail::deed);
  }

  /// Whoever has this, and nobody else, makes the chain longer until the end of the transaction.
  boolean lock() {
    return read("select pg_try_advisory_xact_lock(hashtextextended('audit ' || ?, 0))", select -> select.setString(1, chain().toString()),
        row -> row.getBoolean(1)).getFirst();
  }

  void seal(List<ChainCheck.Link> links, Instant now) {
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement("insert into audit_seal (tenant_id, sequence, record_id, previous, hash, sealed_at) values (?, ?, ?, ?, ?, ?)")) {
      for (var link : links) {
        insert.setObject(1, chain());
        insert.setLong(2, link.sequence());
        insert.setObject(3, link.recordId());
        insert.setBytes(4, link.previous());
        insert.setBytes(5, link.hash());
        insert.setObject(6, now.atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
      sealed(connection, links);
    } catch (SQLException e) {
      throw new IllegalStateException("The audit could not be sealed", e);
    }
  }

  private void sealed(Connection connection, List<ChainCheck.Link> links) throws SQLException {
    try (var delete = connection.prepareStatement("delete from audit_unsealed where tenant_id = ? and record_id = any (?)")) {
      delete.setObject(1, chain());
      delete.setArray(2, connection.createArrayOf("uuid", links.stream().map(ChainCheck.Link::recordId).toArray()));
      delete.executeUpdate();
    }
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(String sql, Binding binding, Row<T> row) {
    try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
      binding.bind(select);
      var rows = select.executeQuery();
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("The audit could not be read", e);
    }
  }

  private static Deed deed(ResultSet row) throws SQLException {
    return new Deed(row.getObject(1, UUID.class), row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3), row.getObject(4, UUID.class),
        row.getObject(5, UUID.class), row.getString(6), row.getObject(7, UUID.class), row.getString(8), row.getString(9), row.getString(10), row.getString(11));
  }
}
