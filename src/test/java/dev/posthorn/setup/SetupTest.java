package dev.posthorn.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SetupTest {
  @Test
  void aNewTeamHasItsProvidedAddressAndSeesWhatIsToDo() { // EH-33, EH-36
    var tenant = FoundedTenant.found();
    var setup = setup(tenant);

    assertThat(setup.getString("option")).isEqualTo("provided-address");
    assertThat(setup.getString("supportAddress")).isEqualTo(setup.getString("forwardingAddress"));
    assertThat(done(setup)).contains("email-hub-on").doesNotContain("agents-assigned", "mail-received", "reply-sent");
  }

  @Test
  void eachStepIsDoneWhenItIs() { // EH-36
    var tenant = FoundedTenant.found();
    var agent = tenant.person(Role.AGENT, "anna").agentId();
    var queue = tenant.first("queues");
    tenant.patch("queues/" + queue, Map.of("agentIds", List.of(agent))).statusCode(200);
    push(tenant, "From: c@customer.example\r\nTo: " + setup(tenant).getString("forwardingAddress") + "\r\nSubject: First\r\n\r\nHello\r\n");

    await().untilAsserted(() -> assertThat(done(setup(tenant))).contains("email-hub-on", "agents-assigned", "mail-received"));
  }

  @Test
  void aConnectedMailboxIsTheCompanysAddress() { // EH-32, OD-23
    var tenant = FoundedTenant.found();
    try (var provider = Provider.start().with("support@acme.example")) {
      tenant.post("mailboxes", provider.wish("support@acme.example")).statusCode(201);
      var setup = setup(tenant);

      assertThat(setup.getString("option")).isEqualTo("company-address");
      assertThat(setup.getString("supportAddress")).isEqualTo("support@acme.example");
      assertThat(done(setup)).contains("mailbox-connected");
    }
  }

  @ParameterizedTest
  @EnumSource(ForwardingGuide.class)
  void thereIsAGuideForEachProvider(ForwardingGuide guide) { // AT-10, OD-12
    var tenant = FoundedTenant.found();
    var to = setup(tenant).getString("forwardingAddress");

    List<String> steps = tenant.get("teams/" + tenant.first("teams") + "/forwarding-guide?provider=" + guide.word() + "&address=help@acme.example")
        .statusCode(200).body("to", equalTo(to)).extract().path("steps");

    assertThat(String.join(" ", steps)).contains("help@acme.example", to).doesNotContain("{");
  }

  @Test
  void anUnknownProviderIsRefused() {
    var tenant = FoundedTenant.found();

    tenant.get("teams/" + tenant.first("teams") + "/forwarding-guide?provider=nobody").statusCode(400).body("errors.pointer", hasItem("provider"));
  }

  private static JsonPath setup(FoundedTenant tenant) {
    return tenant.get("teams/" + tenant.first("teams") + "/setup").statusCode(200).extract().jsonPath();
  }

  private static List<String> done(JsonPath setup) {
    return setup.getList("steps.findAll { it.done }.name");
  }

  private static void push(FoundedTenant tenant, String mail) {
    FoundedTenant.as(tenant.adminKey()).contentType("message/rfc822").body(mail.getBytes(StandardCharsets.US_ASCII))
        .post("/api/v1/inbound-channels/" + tenant.first("inbound-channels") + "/mails").then().statusCode(202);
  }
}
