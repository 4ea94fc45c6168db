package dev.posthorn.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.posthorn.channel.Doors;
import dev.posthorn.mail.Address;
import dev.posthorn.support.FoundedTenant;
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
class ForwardingAddressResourceTest {
  @Inject Doors doors;
  private FoundedTenant tenant;
  private String path;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    path = "teams/" + tenant.first("teams") + "/forwarding-addresses";
  }

  @Test
  void everyAddressEverIssuedIsListed() { // EH-18
    tenant.made(path, Map.of("localPart", "Help-" + tenant.slug()));
    tenant.made(path, Map.of());

    tenant.get(path + "?count=true").statusCode(200).body("items", hasSize(3)).body("total", equalTo(3))
        .body("items.active", contains(true, true, true)).body("items.isSender", contains(true, false, false))
        .body("items.createdAt", everyItem(notNullValue()))
        .body("items[1].address", equalTo("help-" + tenant.slug() + "@in.posthorn.example"))
        .body("items[2].address", startsWith("support." + tenant.slug()));
  }

  @Test
  void eachOfThemRoutesToTheTeamWhetherActiveOrNot() { // EH-19
    var local = "help-" + tenant.slug();
    var id = tenant.made(path, Map.of("localPart", local));
    tenant.patch(path + "/" + id, Map.of("active", false)).statusCode(200).body("active", equalTo(false));
    tenant.get(path + "/" + id).statusCode(200).body("active", equalTo(false)).body("isSender", equalTo(false));

    var door = doors.find(Address.of(local + "@in.posthorn.example")).orElseThrow();

    assertThat(door.tenant()).isEqualTo(tenant.id());
    tenant.get("inbound-channels/" + door.channelId()).statusCode(200).body("teamId", equalTo(tenant.first("teams")));
  }

  @Test
  void noneIsIssuedTwice() { // EH-20
    var wanted = Map.of("localPart", "help-" + tenant.slug());
    tenant.made(path, wanted);

    tenant.post(path, wanted).statusCode(409).body("errors[0].pointer", equalTo("/localPart"));
    var other = FoundedTenant.found();
    other.post("teams/" + other.first("teams") + "/forwarding-addresses", wanted).statusCode(409);
  }

  @ParameterizedTest
  @CsvSource({"'',400", "a..b,400", "a+b,400", "a@b,400", ".a,400", "'a b',400", "Postmaster,422", "abuse,422", "no-reply,422"})
  void aLocalPartThatCannotBeIsRefused(String local, int status) {
    tenant.post(path, Map.of("localPart", local)).statusCode(status).body("errors[0].pointer", equalTo("/localPart"));
  }

  @Test
  void theSenderStaysActive() {
    var sender = tenant.first(path);
    tenant.patch(path + "/" + sender, Map.of("active", false)).statusCode(409);

    var other = tenant.made(path, Map.of());
    tenant.patch(path + "/" + other, Map.of("active", false)).statusCode(200);
    tenant.patch("teams/" + tenant.first("teams"), Map.of("senderAddressId", other)).statusCode(422)
        .body("errors[0].pointer", equalTo("/senderAddressId"));
  }

  @Test
  void onlyAdminsAndTheTeamsLeadsSeeThem() { // AT-07
    var lead = tenant.person(Role.LEAD, "lea");
    var agent = tenant.person(Role.AGENT, "ann");
    var own = "/api/v1/teams/" + tenant.made("teams", Map.of("name", "Parts", "leadIds", List.of(lead.agentId()), "memberIds", List.of(agent.agentId())))
        + "/forwarding-addresses";

    lead.call().get(own).then().statusCode(200).body("items", hasSize(1));
    lead.call().get("/api/v1/" + path).then().statusCode(403);
    lead.call().body(Map.of()).post(own).then().statusCode(403);
    agent.call().get(own).then().statusCode(403);
  }

  @Test
  void anAddressIsFoundUnderItsOwnTeamOnly() {
    var other = tenant.made("teams", Map.of("name", "Parts"));
    tenant.get("teams/" + other + "/forwarding-addresses/" + tenant.first(path)).statusCode(404);
    tenant.get(path + "/" + UUID.randomUUID()).statusCode(404);
  }

  @Test
  void nothingButActiveCanBeChanged() {
    tenant.patch(path + "/" + tenant.first(path), Map.of("address", "other@in.posthorn.example")).statusCode(400)
        .body("errors[0].pointer", equalTo("/address")).body("errors[0].detail", containsString("active"));
  }
}
