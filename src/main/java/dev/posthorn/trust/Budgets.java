package dev.posthorn.trust;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
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

  /// These budgets, until the end of the transaction for nobody else; those that are not there begin now. [#keep] them when
  /// what they are for is spent.
  public Map<String, Budget> hold(String kind, Collection<String> keys) {
    var wanted = Set.copyOf(keys);
    if (wanted.isEmpty()) {
      return Map.of();
    }
    var now = clock.instant();
    try (var connection = dataSource.getConnection()) {
      sweep(connection, now);
      lock(connection, kind, wanted);
    } catch (SQLException e) {
      throw new IllegalStateException("Budgets could not be held", e);
    }
    var held = find("kind = ?1 and key in ?2 order by key", kind, wanted).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
        .collect(Collectors.toMap(budget -> budget.key, budget -> budget));
    wanted.stream().filter(key -> !held.containsKey(key)).forEach(key -> held.put(key, begin(kind, key, now)));
    return held;
  }

  /// By name: a row that is not there yet cannot be locked. In one order, so that nobody waits in a circle.
  private void lock(Connection connection, String kind, Set<String> keys) throws SQLException {
    var names = keys.stream().map(key -> name(kind, key)).sorted().toArray();
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(name) from unnest(?::bigint[]) as name")) {
      lock.setArray(1, connection.createArrayOf("bigint", names));
      lock.execute();
    }
  }

  private long name(String kind, String key) {
    return UUID.nameUUIDFromBytes((tenant.value() + kind + key).getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }

  private Budget begin(String kind, String key, Instant now) {
    var budget = new Budget();
    budget.id = Ids.next();
    budget.kind = kind;
    budget.key = key;
    budget.begin(now);
    return budget;
  }

  /// New ones are written here, once, if anything was spent.
  public void keep(Collection<Budget> held) {
    held.stream().filter(budget -> budget.spent > 0 && !isPersistent(budget)).forEach(this::persist);
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
