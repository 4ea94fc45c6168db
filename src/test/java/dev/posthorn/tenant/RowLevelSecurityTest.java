package dev.posthorn.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.event.Event;
import dev.posthorn.support.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RowLevelSecurityTest {
  @Inject Session entities;

  @Test
  void plainSqlSeesOnlyTheRowsOfItsTenant() {
    var one = tenant("rls-one");
    var two = tenant("rls-two");

    assertThat(slugsSeenBy(one)).containsExactly("rls-one");
    assertThat(slugsSeenBy(two)).containsExactly("rls-two");
  }

  @Test
  void entitiesSeeOnlyTheRowsOfTheirTenant() {
    var one = tenant("rls-three");
    var two = tenant("rls-four");
    var id = Ids.next();
    Tenancy.run(one, () -> QuarkusTransaction.requiringNew().run(() -> {
      var event = new Event();
      event.id = id;
      event.kind = "tested";
      event.actorKind = "system";
      event.data = Map.of("a", 1);
      event.at = Instant.now();
      entities.persist(event);
    }));

    assertThat(Tenancy.<Event, RuntimeException>in(one, () -> QuarkusTransaction.requiringNew().call(() -> entities.find(Event.class, id)))).isNotNull();
    assertThat(Tenancy.<Event, RuntimeException>in(two, () -> QuarkusTransaction.requiringNew().call(() -> entities.find(Event.class, id)))).isNull();
  }

  @Test
  void noFunctionOfOursIsForEveryRole() {
    assertThat(names("""
        select p.proname from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and has_function_privilege('public', p.oid, 'execute')""")).isEmpty();
  }

  @Test
  void whatLooksAcrossTenantsReadsNothingButTheTablesOfThisSchema() {
    assertThat(names("""
        select p.proname from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef and not coalesce('search_path=public, pg_temp' = any (p.proconfig), false)"""))
        .as("with `set search_path = public, pg_temp`: without pg_temp at its end, a caller's temporary tables go before ours").isEmpty();
  }

  @Test
  void whoCallsWhatLooksAcrossTenantsPutsNoTableOfTheirOwnInItsWay() {
    assertThat(names("select 'temporary tables' where has_database_privilege(current_database(), 'temporary')"))
        .as("what the application's role may in a database that belongs to the owner of our tables").isEmpty();
  }

  @Test
  void everyTableThatKnowsATenantIsBehindTheWallAndBeginsItsKeyWithIt() {
    assertThat(names("""
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and (not c.relrowsecurity
               or not exists (select from pg_policy p where p.polrelid = c.oid)
               or not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum))"""))
        .isEmpty();
  }

  private List<String> names(String sql) {
    return QuarkusTransaction.requiringNew().call(() -> entities.createNativeQuery(sql, String.class).getResultList());
  }

  private List<String> slugsSeenBy(TenantId tenant) {
    return Tenancy.in(tenant, () -> QuarkusTransaction.requiringNew()
        .call(() -> entities.createNativeQuery("select slug from tenant", String.class).getResultList()));
  }

  private TenantId tenant(String slug) {
    var id = new TenantId(Ids.next());
    Tenancy.run(id, () -> QuarkusTransaction.requiringNew().run(() -> {
      var row = new Tenant();
      row.id = id.value();
      row.slug = slug;
      row.name = slug;
      row.locale = "en";
      row.timeZone = "UTC";
      row.createdAt = Instant.now();
      row.updatedAt = row.createdAt;
      entities.persist(row);
    }));
    return id;
  }
}
