package dev.posthorn.ticket;

import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Sha256;
import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Which tickets a Message-ID belongs to: ids of messages we hold, and ids that those refer to (P-17, P-21). An id is
/// kept as the first 16 bytes of its SHA-256, since a stranger decides how long it is.
@ApplicationScoped
public class ThreadRefs {
  /// @param own a message of the ticket has this id; otherwise one only refers to it
  public record ThreadRef(UUID ref, UUID ticketId, boolean own) {}

  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final Clock clock;

  ThreadRefs(DataSource dataSource, CurrentTenant tenant, Clock clock) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.clock = clock;
  }

  public static UUID ref(MessageId id) {
    return ref(id.value());
  }

  private static UUID ref(String name) {
    var digest = ByteBuffer.wrap(Sha256.digest(name.getBytes(StandardCharsets.UTF_8)).bytes());
    return new UUID(digest.getLong(), digest.getLong());
  }

  /// The same for a conversation as a program or a provider counts it.
  ///
  /// @param name what counts it and its number there: `thread-index:01d8…`
  public static UUID conversation(String name) {
    return ref("conversation " + name); // no Message-ID has a blank
  }

  /// Every ticket that knows one of these ids.
  public List<ThreadRef> find(Collection<UUID> refs) {
    if (refs.isEmpty()) {
      return List.of();
    }
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement(
            "select ref, ticket_id, own from thread_ref where tenant_id = ? and ref = any (?) order by ticket_id")) {
      select.setObject(1, tenant.value());
      select.setArray(2, uuids(connection, refs));
      var rows = select.executeQuery();
      var found = new ArrayList<ThreadRef>();
      while (rows.next()) {
        found.add(new ThreadRef(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class), rows.getBoolean(3)));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("Thread references could not be read", e);
    }
  }

  /// Remembers them; an id that was only referred to becomes own when its message comes.
  public void add(Collection<ThreadRef> refs) {
    if (refs.isEmpty()) {
      return;
    }
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement("""
            insert into thread_ref (tenant_id, ref, ticket_id, own, created_at)
            select ?, r.ref, r.ticket_id, bool_or(r.own), ?
            from unnest(?::uuid[], ?::uuid[], ?::boolean[]) as r (ref, ticket_id, own)
            group by r.ref, r.ticket_id
            on conflict (tenant_id, ref, ticket_id) do update set own = thread_ref.own or excluded.own""")) {
      insert.setObject(1, tenant.value());
      insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setArray(3, uuids(connection, refs.stream().map(ThreadRef::ref).toList()));
      insert.setArray(4, uuids(connection, refs.stream().map(ThreadRef::ticketId).toList()));
      insert.setArray(5, connection.createArrayOf("boolean", refs.stream().map(ThreadRef::own).toArray()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Thread references could not be written", e);
    }
  }

  /// These messages are no longer the one ticket's but another's: whoever answers them finds that alone.
  ///
  /// @param refs of the other ticket
  void move(UUID from, Collection<ThreadRef> refs) {
    add(refs);
    try (var connection = dataSource.getConnection();
        var delete = connection.prepareStatement("delete from thread_ref where tenant_id = ? and ticket_id = ? and ref = any (?)")) {
      delete.setObject(1, tenant.value());
      delete.setObject(2, from);
      delete.setArray(3, uuids(connection, refs.stream().map(ThreadRef::ref).toList()));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Thread references could not be moved", e);
    }
  }

  private static java.sql.Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }
}
