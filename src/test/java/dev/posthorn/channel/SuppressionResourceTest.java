package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SuppressionResourceTest {
  @Inject Suppressions suppressions;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @ParameterizedTest
  @CsvSource({"Anna@Customer.Example, anna@customer.example", "customer.example, customer.example", "@Customer.example, customer.example",
      "*@customer.example, customer.example", "bücher.example, xn--bcher-kva.example", "a@bücher.example, a@xn--bcher-kva.example"})
  void anAddressOrDomainIsListed(String written, String pattern) { // OD-25
    var id = tenant.post("suppressions", Map.of("pattern", written)).statusCode(201).header("Location", containsString("/api/v1/suppressions/"))
        .header("ETag", notNullValue()).body("pattern", equalTo(pattern)).body("reason", equalTo("manual")).extract().<String>path("id");

    tenant.get("suppressions/" + id).statusCode(200).body("pattern", equalTo(pattern));
    tenant.get("suppressions?reason=manual").body("items.pattern", contains(pattern));
    tenant.post("suppressions", Map.of("pattern", pattern)).statusCode(409).body("errors[0].pointer", equalTo("/pattern"));
    tenant.delete("suppressions/" + id).statusCode(204);
    tenant.get("suppressions/" + id).statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "a b@c.example", "@", "a@", "-.example", "a..example", "*"})
  void whatIsNeitherIsRefused(String pattern) {
    tenant.post("suppressions", Map.of("pattern", pattern)).statusCode(400);
  }

  @Test
  void ownAddressesAreListedByThemselves() { // OD-26
    var own = tenant.get("inbound-channels").extract().<String>path("items[0].address");

    tenant.get("suppressions?reason=own-address").body("items.pattern", hasItem(own));
    var team = tenant.first("teams");
    var second = tenant.post("teams/" + team + "/forwarding-addresses", Map.of("localPart", "own." + tenant.slug())).statusCode(201).extract().<String>path("address");
    tenant.get("suppressions?reason=own-address").body("items.pattern", hasItem(second));
  }

  @Test
  void everythingUnderAListedPatternIsMeant() { // OD-25
    for (var pattern : List.of("anna@customer.example", "listed.example")) {
      tenant.post("suppressions", Map.of("pattern", pattern)).statusCode(201);
    }

    var listed = tenant.in(() -> suppressions.among(List.of("ANNA@customer.example", "anna+x@customer.example", "bob@customer.example",
        "who@listed.example", "who@sub.listed.example", "who@notlisted.example")));

    assertThat(listed).containsExactlyInAnyOrder("ANNA@customer.example", "anna+x@customer.example", "who@listed.example");
  }

  @Test
  void onlyAdminsSeeTheList() {
    var agent = tenant.person(Role.AGENT, "ann");
    agent.call().get("/api/v1/suppressions").then().statusCode(403);
    agent.call().body(Map.of("pattern", "x.example")).post("/api/v1/suppressions").then().statusCode(403);
  }
}
