package dev.posthorn.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.event.Event;
import dev.posthorn.support.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RowLevelSecurityTest {
  @Inject EntityManager entities;

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
