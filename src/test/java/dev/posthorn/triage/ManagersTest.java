package dev.posthorn.triage;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.FoundedTenant.Person;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Many addresses and many people: each mail reaches those whom it is for.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ManagersTest {
  @Inject House house;
  private final FoundedTenant tenant = FoundedTenant.found();

  private House.Lodger way(String address) {
    var channel = tenant.get("inbound-channels?limit=200").extract().<String>path("items.find { it.address == '" + address + "' }.id");
    return new House.Lodger(tenant.id(), UUID.fromString(channel), null, address);
  }

  private String issue(String localPart) {
    return tenant.post("teams/" + tenant.first("teams") + "/forwarding-addresses", Map.of("localPart", localPart + "-" + tenant.slug())).statusCode(201).extract().path("address");
  }

  private String arrives(String address, String from) {
    return house.filed(way(address), SampleMail.from(from).to(address).bytes()).ticketId.toString();
  }

  @Test
  void eachManagerHasAnAddress() { // AT-08
    var ann = tenant.person(Role.AGENT, "ann");
    var bob = tenant.person(Role.AGENT, "bob");
    var annsAddress = manager("Ann", ann);
    var bobsAddress = manager("Bob", bob);

    var annsTicket = arrives(annsAddress, "tenant7@customer.example");
    var bobsTicket = arrives(bobsAddress, "tenant7@customer.example");

    tenant.get("tickets/" + annsTicket).body("assigneeId", equalTo(ann.agentId().toString()));
    ann.call().get("/api/v1/tickets").then().body("items.id", contains(annsTicket));
    bob.call().get("/api/v1/tickets").then().body("items.id", contains(bobsTicket));
  }

  /// An address of the manager's own, whose mail is assigned to them.
  private String manager(String name, Person person) {
    tenant.made("queues", Map.of("name", name, "agentIds", List.of(person.agentId())));
    var address = issue(name.toLowerCase(Locale.ROOT));
    tenant.made("rules", Map.of("name", name, "condition", Map.of("kind", "inbound-channel-is", "inboundChannelId", way(address).channelId()),
        "actions", List.of(Map.of("kind", "route-to-agent", "agentId", person.agentId()))));
    return address;
  }

  @Test
  void manyInboxesFeedManyQueuesOfManyAgents() { // OD-04
    var ann = tenant.person(Role.AGENT, "ann");
    var bob = tenant.person(Role.AGENT, "bob");
    var sales = tenant.made("queues", Map.of("name", "Sales", "agentIds", List.of(ann.agentId(), bob.agentId())));
    var repairs = tenant.made("queues", Map.of("name", "Repairs", "agentIds", List.of(bob.agentId())));
    var salesAddress = mapped("sales", sales);
    var repairsAddress = mapped("repairs", repairs);

    var sale = arrives(salesAddress, "anna@customer.example");
    var repair = arrives(repairsAddress, "carl@customer.example");

    ann.call().get("/api/v1/tickets").then().body("items.id", contains(sale));
    bob.call().get("/api/v1/tickets").then().body("items.id", containsInAnyOrder(sale, repair));
    bob.call().body(Map.of("agentId", bob.agentId())).put("/api/v1/tickets/" + sale + "/assignee").then().statusCode(200);
    ann.call().get("/api/v1/tickets/" + sale).then().statusCode(200).body("assigneeId", equalTo(bob.agentId().toString()));
  }

  private String mapped(String localPart, String queue) {
    var address = issue(localPart);
    tenant.patch("inbound-channels/" + way(address).channelId(), Map.of("queueId", queue)).statusCode(200);
    return address;
  }
}
