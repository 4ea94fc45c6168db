package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// What is to be moved to the bucket, what is to be removed from it, and what became of that. Claims look across tenants;
/// everything else is the current tenant's. Each call is a transaction of its own.
@ApplicationScoped
class BlobMoves {
  /// A blob that this process moves now.
  record Move(TenantId tenant, Sha256 sha256) {}

  /// An object that this process removes now.
  record Removal(TenantId tenant, String object) {}

  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final Clock clock;

  BlobMoves(DataSource dataSource, CurrentTenant tenant, Clock clock) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.clock = clock;
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> ask(String sql, Row<T> row, Object... parameters) {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection()) {
        return ask(connection, sql, row, parameters);
      }
    });
  }

  private static <T> List<T> ask(Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
    try (var call = connection.prepareStatement(sql)) {
      set(call, parameters);
      var rows = call.executeQuery();
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(row.of(rows));
      }
      return found;
    }
  }

  private static int change(Connection connection, String sql, Object... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int at = 0; at < parameters.length; at++) {
      statement.setObject(at + 1, parameters[at]);
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  List<Move> claim(int atMost, Duration lease) {
    return ask("select tenant_id, sha256 from claim_blob_moves(?, make_interval(secs => ?), ?)",
        row -> new Move(new TenantId(row.getObject(1, UUID.class)), Sha256.of(row.getBytes(2))), atMost, seconds(lease), now());
  }

  /// @param age since when it must be due at least
  List<Removal> claimRemovals(int atMost, Duration lease, Duration age) {
    return ask("select tenant_id, object from claim_blob_removals(?, make_interval(secs => ?), ?)",
        row -> new Removal(new TenantId(row.getObject(1, UUID.class)), row.getString(2)), atMost, seconds(lease), now().minus(age));
  }

  /// What came before there was a bucket is to be moved too.
  ///
  /// @return how many blobs were found, at most so many
  long queueOlder(int atMost) {
    return ask("select queue_blob_moves(?, ?)", row -> row.getLong(1), atMost, now()).getFirst();
  }

  /// Says before an object is written that it is nobody's: where the end of writing is never written down, it is removed.
  void intend(String object, Duration lease) {
    QuarkusTransaction.requiringNew().run(() -> {
      try (var connection = dataSource.getConnection()) {
        change(connection, "insert into blob_removal (tenant_id, object, due_at) values (?, ?, ?)", tenant.value(), object, now().plus(lease));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /// The object is there, whole: from now on it is the blob. Where somebody else was faster, or the blob is gone, the object stays
  /// nobody's.
  ///
  /// @throws IllegalStateException where the object was removed meanwhile
  void moved(Sha256 sha256, String object) {
    QuarkusTransaction.requiringNew().run(() -> {
      try (var connection = dataSource.getConnection()) {
        boolean ours = change(connection, "update blob set object = ?, content = '' where tenant_id = ? and sha256 = ? and piece = 0 and object is null",
            object, tenant.value(), sha256.bytes()) == 1;
        if (ours) {
          change(connection, "delete from blob where tenant_id = ? and sha256 = ? and piece > 0", tenant.value(), sha256.bytes());
          if (change(connection, "delete from blob_removal where tenant_id = ? and object = ?", tenant.value(), object) == 0) {
            throw new IllegalStateException("The object " + object + " was removed while it was written");
          }
        }
        change(connection, "delete from blob_move where tenant_id = ? and sha256 = ?", tenant.value(), sha256.bytes());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /// It did not work: due again after a pause that doubles.
  void failed(Sha256 sha256, Duration first, Duration longest) {
    QuarkusTransaction.requiringNew().run(() -> {
      try (var connection = dataSource.getConnection()) {
        change(connection, """
            update blob_move set due_at = cast(? as timestamptz)
              + make_interval(secs => least(? * power(2, least(attempts, 20) - 1), ?) * (0.75 + random() / 2))
            where tenant_id = ? and sha256 = ?""", now(), seconds(first), seconds(longest), tenant.value(), sha256.bytes());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /// The object is gone.
  void removed(String object) {
    QuarkusTransaction.requiringNew().run(() -> {
      try (var connection = dataSource.getConnection()) {
        change(connection, "delete from blob_removal where tenant_id = ? and object = ?", tenant.value(), object);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
