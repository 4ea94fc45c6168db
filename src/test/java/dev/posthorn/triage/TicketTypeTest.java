package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketTypeTest {
  @Inject House house;
  private final FoundedTenant tenant = FoundedTenant.found();

  private UUID channelOf(String type) {
    return UUID.fromString(tenant.get("inbound-channels?limit=200").extract().path("items.find { it.ticketTypeId == '" + type + "' }.id"));
  }

  private House.Lodger by(UUID channel, String address) {
    return new House.Lodger(tenant.id(), channel, null, address);
  }

  @Test
  void aTypeHasAnAddressOfItsOwn() { // OD-13
    var type = tenant.post("ticket-types", Map.of("name", "Bug report")).statusCode(201).body("creationAddress", startsWith("bug-report." + tenant.slug()));
    var id = type.extract().<String>path("id");
    var address = type.extract().<String>path("creationAddress");

    tenant.get("teams/" + tenant.first("teams") + "/forwarding-addresses").body("items.address.findAll { it == '" + address + "' }", hasSize(1));
    tenant.get("inbound-channels/" + channelOf(id)).body("address", equalTo(address)).body("name", equalTo("Bug report"));
    tenant.person(Role.AGENT, "ann").call().get("/api/v1/ticket-types/" + id).then().statusCode(200).body("name", equalTo("Bug report")).body("creationAddress", nullValue());
    tenant.post("ticket-types", Map.of("name", "bug report")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
    var local = "wish-" + tenant.slug();
    tenant.post("ticket-types", Map.of("name", "Wish", "localPart", local)).statusCode(201).body("creationAddress", startsWith(local + "@"));
    tenant.post("ticket-types", Map.of("name", "Dream", "localPart", local)).statusCode(409).body("errors[0].pointer", equalTo("/localPart"));
    tenant.post("ticket-types", Map.of("name", "Dream", "teamId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/teamId"));
  }

  @Test
  void mailToTheAddressOfATypeOpensATicketOfTheType() { // OD-14
    var id = tenant.made("ticket-types", Map.of("name", "Bug report"));
    var channel = channelOf(id);

    var ticket = house.filed(by(channel, "x@in.posthorn.example"), SampleMail.from("anna@customer.example").subject("Crash").bytes()).ticketId;
    var other = house.filed(by(UUID.fromString(tenant.first("inbound-channels")), "y@in.posthorn.example"), SampleMail.from("bob@customer.example").bytes()).ticketId;

    tenant.get("tickets/" + ticket).body("typeId", equalTo(id));
    tenant.get("tickets/" + other).body("typeId", nullValue());
    tenant.get("tickets?typeId=" + id).body("items.id", contains(ticket.toString()));
    tenant.patch("tickets/" + other, Map.of("typeId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/typeId"));
    tenant.patch("tickets/" + other, Map.of("typeId", id)).statusCode(200).body("typeId", equalTo(id));
    tenant.delete("ticket-types/" + id).statusCode(409).body("detail", containsString("ticket"));
  }

  @Test
  void anyWayInMayBeMappedToAType() {
    var id = tenant.made("ticket-types", Map.of("name", "Bug report"));
    var channel = tenant.first("inbound-channels");

    tenant.patch("inbound-channels/" + channel, Map.of("ticketTypeId", id)).statusCode(200).body("ticketTypeId", equalTo(id));
    tenant.patch("inbound-channels/" + channel, Map.of("ticketTypeId", UUID.randomUUID())).statusCode(422).body("errors[0].pointer", equalTo("/ticketTypeId"));
    tenant.delete("ticket-types/" + id).statusCode(204);
    tenant.get("inbound-channels/" + channel).body("ticketTypeId", nullValue());
  }

  @Test
  void aRuleSetsCategoryAndType() {
    var type = tenant.made("ticket-types", Map.of("name", "Bug report"));
    var category = tenant.made("categories", Map.of("name", "Software"));
    var rule = tenant.made("rules", Map.of("name", "R", "condition", Map.of("kind", "all", "conditions", List.of()),
        "actions", List.of(Map.of("kind", "set-category", "categoryId", category), Map.of("kind", "set-type", "typeId", type))));

    var row = house.filed(by(UUID.fromString(tenant.first("inbound-channels")), "y@in.posthorn.example"), SampleMail.from("bob@customer.example").bytes());

    assertThat(row.state).isEqualTo("ticketed");
    tenant.get("tickets/" + row.ticketId).body("categoryId", equalTo(category)).body("typeId", equalTo(type));
    tenant.patch("tickets/" + row.ticketId, Collections.singletonMap("categoryId", null)).statusCode(200);
    tenant.delete("categories/" + category).statusCode(409).body("detail", containsString("rule"));
    tenant.delete("rules/" + rule).statusCode(204);
    tenant.delete("categories/" + category).statusCode(204);
  }
}
