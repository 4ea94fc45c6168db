package dev.posthorn.privacy;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Plain SQL over the tables of all rooms, on behalf of the current tenant, each statement in the running transaction or in one of its
/// own. The first parameter of a statement is the tenant.
@ApplicationScoped
public class Statements {
  private final DataSource dataSource;
  private final Across across;
  private final CurrentTenant tenant;

  Statements(DataSource dataSource, Across across, CurrentTenant tenant) {
    this.dataSource = dataSource;
    this.across = across;
    this.tenant = tenant;
  }

  /// Reads one row.
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// @return rows changed
  public int change(String sql, Object... parameters) {
    return QuarkusTransaction.joiningExisting().call(() -> {
      try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
        statement.setObject(1, tenant.value());
        bind(statement, 2, parameters);
        return statement.executeUpdate();
      }
    });
  }

  public <T> List<T> read(String sql, Row<T> row, Object... parameters) {
    return QuarkusTransaction.joiningExisting().call(() -> {
      try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
        statement.setObject(1, tenant.value());
        bind(statement, 2, parameters);
        return all(statement, row);
      }
    });
  }

  public List<UUID> ids(String sql, Object... parameters) {
    return read(sql, row -> row.getObject(1, UUID.class), parameters);
  }

  /// Something of some tenant.
  public record Due(TenantId tenant, UUID id) {}

  /// What a function gives that looks across tenants: ids alone.
  public List<Due> across(String sql, Object... parameters) {
    return across.find(Due::new, sql, parameters);
  }

  private static <T> List<T> all(PreparedStatement statement, Row<T> row) throws SQLException {
    var rows = statement.executeQuery();
    var found = new ArrayList<T>();
    while (rows.next()) {
      found.add(row.read(rows));
    }
    return found;
  }

  private static void bind(PreparedStatement statement, int first, Object... parameters) throws SQLException {
    int next = first;
    for (var parameter : parameters) {
      switch (parameter) {
        case Instant time -> statement.setObject(next++, time.atOffset(ZoneOffset.UTC));
        case Collection<?> many -> statement.setArray(next++, statement.getConnection().createArrayOf(
            !many.isEmpty() && many.stream().allMatch(UUID.class::isInstance) ? "uuid" : "text", many.toArray()));
        case null -> statement.setObject(next++, null);
        default -> statement.setObject(next++, parameter);
      }
    }
  }
}
