package dev.posthorn.channel;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OutboundChannelResourceTest {
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  private String own() {
    return tenant.get("inbound-channels").extract().path("items[0].address");
  }

  private String made(String name) {
    return tenant.made("outbound-channels", Map.of("kind", "relay", "name", name));
  }

  @Test
  void thePlatformsRelayIsThereFromTheStart() { // OD-15
    tenant.get("outbound-channels").statusCode(200).body("items.kind", contains("relay")).body("items.state", contains("connected"))
        .body("items.isDefault", contains(false)).body("items[0].fromAddress", nullValue());
  }

  @Test
  void aChannelSendsFromOneOfTheTenantsOwnAddresses() { // OD-16, OD-20
    var id = tenant.made("outbound-channels", Map.of("kind", "relay", "name", "IT", "fromAddress", own(), "displayName", "Acme IT"));
    tenant.get("outbound-channels/" + id).body("fromAddress", equalTo(own())).body("displayName", equalTo("Acme IT"));
  }

  @Test
  void nobodySendsInAnothersName() {
    var others = FoundedTenant.found().get("inbound-channels").extract().<String>path("items[0].address");
    for (var address : List.of(others, "ceo@bank.example")) {
      tenant.post("outbound-channels", Map.of("kind", "relay", "name", "IT", "fromAddress", address)).statusCode(422)
          .body("errors[0].pointer", equalTo("/fromAddress"));
      tenant.patch("outbound-channels/" + tenant.first("outbound-channels"), Map.of("fromAddress", address)).statusCode(422);
    }
    tenant.post("outbound-channels", Map.of("kind", "relay", "name", "IT", "fromAddress", "nobody")).statusCode(400);
  }

  @Test
  void oneChannelIsTheDefault() { // OD-16
    var one = made("One");
    var two = made("Two");

    tenant.patch("outbound-channels/" + one, Map.of("isDefault", true)).statusCode(200).body("isDefault", equalTo(true));
    tenant.patch("outbound-channels/" + two, Map.of("isDefault", true)).statusCode(200);

    tenant.get("outbound-channels").body("items.isDefault", contains(false, false, true));
    tenant.get("tenant").body("defaultOutboundChannelId", equalTo(two));
    tenant.delete("outbound-channels/" + two).statusCode(409);
    tenant.patch("outbound-channels/" + two, Map.of("isDefault", false)).statusCode(200);
    tenant.get("tenant").body("defaultOutboundChannelId", nullValue());
    tenant.delete("outbound-channels/" + two).statusCode(204);
  }

  @Test
  void aChannelInUseStays() {
    var id = made("One");
    tenant.patch("queues/" + tenant.first("queues"), Map.of("replyViaId", id)).statusCode(200);
    tenant.delete("outbound-channels/" + id).statusCode(409).body("detail", equalTo("A queue still needs the channel."));
  }

  @Test
  void thePlatformsRelayStays() {
    var relay = tenant.first("outbound-channels");
    made("Another");
    tenant.delete("outbound-channels/" + relay).statusCode(409);
  }

  @Test
  void namesAreUnique() {
    made("One");
    tenant.post("outbound-channels", Map.of("kind", "relay", "name", "one")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
  }

  @Test
  void aDisplayNameIsOneLine() {
    tenant.patch("outbound-channels/" + tenant.first("outbound-channels"), Map.of("displayName", "A\r\nBcc: eve@evil.example")).statusCode(400)
        .body("errors[0].pointer", equalTo("/displayName"));
  }

  @Test
  void otherKindsAreUnknown() {
    tenant.post("outbound-channels", Map.of("kind", "pigeon", "name", "One")).statusCode(400).body("errors[0].pointer", equalTo("/kind"));
  }

  @Test
  void agentsReadChannelsAndChangeNone() {
    var agent = tenant.person(Role.AGENT, "ann");
    var id = tenant.first("outbound-channels");
    agent.call().get("/api/v1/outbound-channels").then().statusCode(200).body("items", hasSize(1));
    agent.call().body(Map.of("isDefault", true)).patch("/api/v1/outbound-channels/" + id).then().statusCode(403);
  }

  @Test
  void anotherTenantsChannelIsNotFound() {
    var others = FoundedTenant.found().first("outbound-channels");
    tenant.get("outbound-channels/" + others).statusCode(404);
    tenant.patch("outbound-channels/" + others, Map.of("name", "Mine")).statusCode(404);
    tenant.delete("outbound-channels/" + others).statusCode(404);
    tenant.patch("queues/" + tenant.first("queues"), Map.of("replyViaId", others)).statusCode(422);
  }
}
