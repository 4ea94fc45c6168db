package dev.posthorn.support;

import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// A tenant with everything that a new one has, as its people reach it by HTTP.
public record FoundedTenant(TenantId id, String slug, String adminKey) {
  private static final AtomicInteger COUNT = new AtomicInteger();

  public static FoundedTenant found() {
    var slug = newSlug();
    return CDI.current().select(Tenants.class).get().found(slug, "Tenant " + slug, "en", tenant ->
        new FoundedTenant(new TenantId(tenant.id), slug, keys().issue(Role.ADMIN, "admin", null).key()));
  }

  public static String newSlug() {
    return "f" + Long.toString(System.nanoTime(), 36) + COUNT.incrementAndGet();
  }

  private static ApiKeys keys() {
    return CDI.current().select(ApiKeys.class).get();
  }

  public static RequestSpecification as(String key) {
    return RestAssured.given().header("Authorization", "Bearer " + key).contentType("application/json");
  }

  public RequestSpecification asAdmin() {
    return as(adminKey);
  }

  /// A new agent with a key of the role.
  public Person person(Role role, String name) {
    var email = name + "@people.example";
    var agent = UUID.fromString(made("agents", Map.of("name", name, "email", email, "role", role.word())));
    return new Person(agent, in(() -> keys().issue(role, name, agent).key()));
  }

  public record Person(UUID agentId, String key) {
    public RequestSpecification call() {
      return as(key);
    }
  }

  /// POSTs as admin.
  public ValidatableResponse post(String path, Object body) {
    return asAdmin().body(body).post("/api/v1/" + path).then();
  }

  /// POSTs as admin what is to succeed; the new id.
  public String made(String path, Object body) {
    return post(path, body).statusCode(201).extract().path("id");
  }

  /// PATCHes as admin.
  public ValidatableResponse patch(String path, Object body) {
    return asAdmin().body(body).patch("/api/v1/" + path).then();
  }

  /// GETs as admin.
  public ValidatableResponse get(String path) {
    return asAdmin().get("/api/v1/" + path).then();
  }

  /// DELETEs as admin.
  public ValidatableResponse delete(String path) {
    return asAdmin().delete("/api/v1/" + path).then();
  }

  /// The id of the first of a list.
  public String first(String path) {
    return get(path).statusCode(200).extract().path("items[0].id");
  }

  /// Runs in a transaction of the tenant.
  public <T> T in(Callable<T> work) {
    return Tenancy.in(id, () -> QuarkusTransaction.requiringNew().call(work));
  }
}
