package dev.posthorn.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ContactResourceTest {
  @Inject House house;
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @Test
  void aContactHasAddressesInOrder() {
    var id = tenant.made("contacts", Map.of("name", "Anna", "emails", List.of("Zoe@Customer.example", "anna@customer.example", "zoe@customer.EXAMPLE"),
        "type", "dealer", "language", "de", "externalId", "4711"));

    tenant.get("contacts/" + id).statusCode(200).body("name", equalTo("Anna")).body("emails", contains("zoe@customer.example", "anna@customer.example"))
        .body("type", equalTo("dealer")).body("language", equalTo("de")).body("externalId", equalTo("4711"));
    tenant.patch("contacts/" + id, Map.of("emails", List.of("anna@customer.example", "new@customer.example"))).statusCode(200);
    tenant.get("contacts/" + id).body("emails", contains("anna@customer.example", "new@customer.example")).body("externalId", equalTo("4711"));
  }

  @Test
  void aContactMayHaveNoAddress() { // EH-03
    var id = tenant.made("contacts", Map.of("name", "Walk-in"));
    tenant.get("contacts/" + id).body("emails", empty());
    tenant.post("contacts", Map.of()).statusCode(400).body("errors[0].pointer", equalTo("/name"));
    tenant.post("contacts", Map.of("emails", List.of("a@customer.example"))).statusCode(201).body("name", equalTo("a@customer.example"));
  }

  @Test
  void anAddressIsOneContacts() {
    tenant.made("contacts", Map.of("emails", List.of("anna@customer.example")));
    var other = tenant.made("contacts", Map.of("name", "Other", "emails", List.of("other@customer.example")));

    tenant.post("contacts", Map.of("emails", List.of("ANNA@customer.example"))).statusCode(409).body("errors[0].pointer", equalTo("/emails"));
    tenant.patch("contacts/" + other, Map.of("emails", List.of("other@customer.example", "anna@customer.example"))).statusCode(409)
        .body("errors[0].pointer", equalTo("/emails"));
    tenant.get("contacts/" + other).body("emails", contains("other@customer.example"));
    FoundedTenant.found().post("contacts", Map.of("emails", List.of("anna@customer.example"))).statusCode(201);
  }

  @Test
  void anExternalIdIsOneContacts() {
    tenant.made("contacts", Map.of("name", "A", "externalId", "1"));
    tenant.post("contacts", Map.of("name", "B", "externalId", "1")).statusCode(409).body("errors[0].pointer", equalTo("/externalId"));
  }

  @Test
  void contactsAreFoundByAddressAndByExternalId() {
    var anna = tenant.made("contacts", Map.of("emails", List.of("anna@customer.example", "a@customer.example"), "externalId", "1"));
    tenant.made("contacts", Map.of("emails", List.of("zoe@customer.example"), "externalId", "2"));

    tenant.get("contacts?email=A@customer.example&count=true").statusCode(200).body("items.id", contains(anna)).body("total", equalTo(1));
    tenant.get("contacts?externalId=1").body("items.id", contains(anna));
    tenant.get("contacts?externalId=2&email=anna@customer.example").body("items", empty());
    tenant.get("contacts?count=true").body("items", hasSize(2)).body("total", equalTo(2));
    tenant.get("contacts?email=anna").statusCode(400).body("errors[0].pointer", equalTo("email"));
    tenant.asAdmin().queryParam("externalId", "\u0000").get("/api/v1/contacts").then().statusCode(400).body("errors[0].pointer", equalTo("externalId"));
  }

  @Test
  void aCursorBelongsToItsFilters() {
    tenant.made("contacts", Map.of("name", "A"));
    tenant.made("contacts", Map.of("name", "B"));
    var next = tenant.get("contacts?limit=1").extract().path("next");
    tenant.get("contacts?limit=1&after=" + next).statusCode(200).body("items.name", contains("B"));
    tenant.get("contacts?limit=1&externalId=1&after=" + next).statusCode(400).body("errors[0].pointer", equalTo("after"));
  }

  @ParameterizedTest
  @CsvSource({"emails,/emails/1", "language,/language", "name,/name", "externalId,/externalId"})
  void whatIsNoneIsRefused(String field, String pointer) {
    Object value = field.equals("emails") ? List.of("good@customer.example", "Bad <bad@customer.example>") : "\n";
    tenant.post("contacts", Map.of(field, value)).statusCode(400).body("errors.pointer", contains(pointer));
  }

  @Test
  void whoWroteIsAContactThatCanBeCorrectedAndStays() {
    var lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support@in.posthorn.example");
    house.filed(lodger, SampleMail.from("Anna <Anna@customer.example>").bytes());

    var id = tenant.get("contacts?email=anna@customer.example").body("items.name", contains("Anna")).extract().<String>path("items[0].id");

    tenant.patch("contacts/" + id, Map.of("name", "Anna Alt")).statusCode(200).body("emails", contains("anna@customer.example"));
    tenant.delete("contacts/" + id).statusCode(409).body("detail", equalTo("A ticket still needs the contact."));
  }

  @Test
  void aContactWithoutTicketsIsDeleted() {
    var id = tenant.made("contacts", Map.of("emails", List.of("anna@customer.example")));
    tenant.delete("contacts/" + id).statusCode(204);
    tenant.get("contacts/" + id).statusCode(404);
    tenant.made("contacts", Map.of("emails", List.of("anna@customer.example")));
  }

  @Test
  void agentsCorrectContactsAndDeleteNone() {
    var agent = tenant.person(Role.AGENT, "ann");
    var id = agent.call().body(Map.of("name", "Walk-in")).post("/api/v1/contacts").then().statusCode(201).extract().path("id");
    agent.call().body(Map.of("name", "Corrected")).patch("/api/v1/contacts/" + id).then().statusCode(200);
    agent.call().delete("/api/v1/contacts/" + id).then().statusCode(403);
  }

  @Test
  void ifMatchGuardsAgainstLostEdits() {
    var path = "/api/v1/contacts/" + tenant.made("contacts", Map.of("name", "A"));
    var tag = tenant.asAdmin().get(path).then().extract().header("ETag");
    assertThat(tag).isNotNull();
    tenant.asAdmin().header("If-Match", tag).body(Map.of("emails", List.of("a@customer.example"))).patch(path).then().statusCode(200);
    tenant.asAdmin().header("If-Match", tag).delete(path).then().statusCode(412);
  }

  @Test
  void anotherTenantsContactIsNotFound() {
    var others = FoundedTenant.found().made("contacts", Map.of("name", "A"));
    tenant.get("contacts/" + others).statusCode(404);
    tenant.patch("contacts/" + others, Map.of("name", "Mine")).statusCode(404);
    tenant.delete("contacts/" + others).statusCode(404);
  }
}
