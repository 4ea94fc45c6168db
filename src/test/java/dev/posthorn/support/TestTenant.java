package dev.posthorn.support;

import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/// A tenant of a test, with an admin's key. Its slug is its own, so tests share one database.
public record TestTenant(TenantId id, String adminKey) {
  public static TestTenant create() {
    var id = new TenantId(Ids.next());
    return Tenancy.in(id, () -> QuarkusTransaction.requiringNew().call(() -> {
      var row = new Tenant();
      row.id = id.value();
      row.slug = "test-" + id;
      row.name = "Test";
      row.locale = "en";
      row.timeZone = "UTC";
      row.createdAt = Instant.now();
      row.updatedAt = row.createdAt;
      var entities = CDI.current().select(EntityManager.class).get();
      entities.persist(row);
      entities.flush();
      return new TestTenant(id, CDI.current().select(ApiKeys.class).get().issue(Role.ADMIN, "admin", null).key());
    }));
  }

  /// A request with the admin's key.
  public RequestSpecification asAdmin() {
    return as(adminKey);
  }

  public static RequestSpecification as(String key) {
    return RestAssured.given().header("Authorization", "Bearer " + key);
  }

  /// A key of a role that needs no more than to exist.
  public String key(Role role, UUID agentId) {
    return in(() -> CDI.current().select(ApiKeys.class).get().issue(role, "test", agentId).key());
  }

  /// Work on this tenant's rows, in a transaction of its own.
  public <T> T in(Supplier<T> work) {
    return Tenancy.in(id, () -> QuarkusTransaction.requiringNew().call(work::get));
  }
}
