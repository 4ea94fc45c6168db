package dev.posthorn.tenant;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Looks across tenants: for what is due, and for whose something is. Each question is a security-definer function that gives ids and no
/// more; what they stand for is looked at on behalf of the tenant. Each look is a short transaction of its own.
@ApplicationScoped
public class Across {
  private final DataSource dataSource;

  Across(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// What a row of some tenant is to whoever asked.
  public interface Place<T> {
    T at(TenantId tenant, UUID id);
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /// @param sql gives `tenant_id, id`
  /// @param parameters a duration goes as seconds, for `make_interval(secs => ?)`
  public <T> List<T> find(Place<T> place, String sql, Object... parameters) {
    return rows(row -> place.at(new TenantId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class)), sql, parameters);
  }

  /// @param sql gives `tenant_id`
  /// @param parameters as above
  public List<TenantId> tenants(String sql, Object... parameters) {
    return rows(row -> new TenantId(row.getObject(1, UUID.class)), sql, parameters);
  }

  private <T> List<T> rows(Row<T> each, String sql, Object... parameters) {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection(); var call = connection.prepareStatement(sql)) {
        bind(call, parameters);
        var found = new ArrayList<T>();
        for (var row = call.executeQuery(); row.next(); ) {
          found.add(each.of(row));
        }
        return found;
      }
    });
  }

  private static void bind(PreparedStatement call, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Instant time -> call.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
        case Duration time -> call.setDouble(i + 1, time.toMillis() / 1_000.0);
        case null -> call.setObject(i + 1, null);
        default -> call.setObject(i + 1, parameters[i]);
      }
    }
  }
}
