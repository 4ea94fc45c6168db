package dev.posthorn.trust;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The budgets of the current tenant. Works in the caller's transaction.
@ApplicationScoped
public class Budgets implements PanacheRepositoryBase<Budget, UUID> {
  /// How many forgotten ones go whenever some are held: more than come, so that they never pile up.
  private static final int SWEPT = 200;

  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final BudgetConfig config;
  private final Clock clock;

  Budgets(DataSource dataSource, CurrentTenant tenant, BudgetConfig config, Clock clock) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.config = config;
    this.clock = clock;
  }

  /// These budgets, locked until the end of the transaction, in one order for everybody; those that are not there begin now.
  public Map<String, Budget> hold(String kind, Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    var now = clock.instant();
    try (var connection = dataSource.getConnection()) {
      sweep(connection, now);
      try (var insert = connection.prepareStatement("""
          insert into budget (tenant_id, id, kind, key, since, spent, last_at)
          select ?, id, ?, key, ?, 0, ? from unnest(?::uuid[], ?::text[]) as fresh (id, key)
          order by key
          on conflict (tenant_id, kind, key) do nothing""")) {
        var wanted = keys.stream().distinct().sorted().toArray();
        insert.setObject(1, tenant.value());
        insert.setString(2, kind);
        insert.setObject(3, now.atOffset(ZoneOffset.UTC));
        insert.setObject(4, now.atOffset(ZoneOffset.UTC));
        insert.setArray(5, connection.createArrayOf("uuid", keys.stream().distinct().map(_ -> Ids.next()).toArray()));
        insert.setArray(6, connection.createArrayOf("text", wanted));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Budgets could not be held", e);
    }
    return find("kind = ?1 and key in ?2 order by key", kind, keys).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
        .collect(Collectors.toMap(budget -> budget.key, budget -> budget));
  }

  /// What nobody spent from for longer than a window says nothing any more.
  private void sweep(Connection connection, Instant now) throws SQLException {
    try (var delete = connection.prepareStatement("""
        delete from budget where tenant_id = ? and id in (
          select id from budget where tenant_id = ? and opened_at is null and last_at < ? order by last_at limit ? for update skip locked)""")) {
      delete.setObject(1, tenant.value());
      delete.setObject(2, tenant.value());
      delete.setObject(3, now.minus(longestMemory()).atOffset(ZoneOffset.UTC));
      delete.setInt(4, SWEPT);
      delete.executeUpdate();
    }
  }

  private Duration longestMemory() {
    return Stream.of(config.loopWindow(), config.loopQuiet(), config.confirmationWindow()).max(Comparator.naturalOrder()).orElseThrow();
  }

  /// Open breakers, oldest first.
  List<Budget> openLoops(Cursor after, int atMost) {
    return open().oldestFirst(this, after, atMost);
  }

  long countOpenLoops() {
    return open().count(this);
  }

  private static Selection open() {
    return Selection.all().where("openedAt is not null and kind = ?", Budget.LOOP);
  }
}
