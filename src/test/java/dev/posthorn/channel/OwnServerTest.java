package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SMTP servers of tenants' own, without a mailbox.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OwnServerTest {
  private static final String FROM = "it@acme.example";

  private final Provider provider = Provider.start().with(FROM);
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Map<String, Object> server(int port) {
    return Map.of("host", "127.0.0.1", "port", port, "security", "none");
  }

  private Map<String, Object> wish() {
    return new HashMap<>(Map.of("kind", "smtp", "name", "Own", "fromAddress", FROM, "displayName", "Acme IT", "smtp", server(provider.smtpPort()),
        "username", FROM, "password", Provider.PASSWORD));
  }

  private Map<String, Object> wish(String name, Object value) {
    var wish = wish();
    wish.put(name, value);
    return wish;
  }

  @Test
  void aServerOfOnesOwnIsTriedAndSaved() { // OD-17, OD-18
    var made = tenant.post("outbound-channels", wish()).statusCode(201).body("kind", equalTo("smtp")).body("state", equalTo("connected"))
        .body("smtp.host", equalTo("127.0.0.1")).body("username", equalTo(FROM)).body("answersTo", equalTo("team")).extract();

    assertThat(made.asString()).doesNotContain(Provider.PASSWORD);
    tenant.get("outbound-channels/" + made.path("id")).statusCode(200).body("fromAddress", equalTo(FROM));
    tenant.get("suppressions?reason=own-address").body("items.pattern", hasItem(FROM));
  }

  @Test
  void whatDoesNotWorkIsNotSaved() { // OD-17
    tenant.post("outbound-channels", wish("password", "wrong")).statusCode(422).body("type", equalTo("/problems/server-not-connected"))
        .body("errors[0].step", equalTo("login")).body("errors[0].hint", containsString("password"));
    tenant.post("outbound-channels", wish("smtp", server(1))).statusCode(422).body("errors[0].step", equalTo("connect"))
        .body("errors[0].hint", notNullValue());
    tenant.get("outbound-channels?count=true").body("total", equalTo(1));
  }

  @Test
  void whatIsMissingIsNamed() {
    tenant.post("outbound-channels", wish("smtp", null)).statusCode(400).body("errors[0].pointer", equalTo("/smtp"));
    tenant.post("outbound-channels", wish("fromAddress", null)).statusCode(400).body("errors[0].pointer", equalTo("/fromAddress"));
    tenant.post("outbound-channels", wish("password", null)).statusCode(400).body("errors[0].pointer", equalTo("/password"));
    tenant.post("outbound-channels", wish("name", "Platform relay")).statusCode(409).body("errors[0].pointer", equalTo("/name"));
  }

  @Test
  void port25OfTheLargeProvidersIsRefusedHereToo() { // TH-07
    for (var host : new String[] {"smtp.gmail.com", "smtp.office365.com"}) {
      tenant.post("outbound-channels", wish("smtp", Map.of("host", host, "port", 25, "security", "starttls"))).statusCode(422)
          .body("errors[0].pointer", equalTo("/smtp/port")).body("detail", containsString("587"));
    }
  }

  @Test
  void itIsNoWayToSendFromThePlatformsAddresses() {
    var others = FoundedTenant.found().get("inbound-channels").extract().<String>path("items[0].address");
    tenant.post("outbound-channels", wish("fromAddress", others)).statusCode(422).body("errors[0].pointer", equalTo("/fromAddress"));
  }

  @Test
  void anotherServerIsTriedBeforeItHolds() { // OD-17
    var id = tenant.post("outbound-channels", wish()).statusCode(201).extract().<String>path("id");

    tenant.patch("outbound-channels/" + id, Map.of("password", "wrong")).statusCode(422).body("errors[0].step", equalTo("login"));
    tenant.patch("outbound-channels/" + id, Map.of("smtp", server(1))).statusCode(422).body("errors[0].step", equalTo("connect"));
    tenant.get("outbound-channels/" + id).body("smtp.port", equalTo(provider.smtpPort()));
    provider.password(FROM, "other");
    tenant.patch("outbound-channels/" + id, Map.of("password", "other", "displayName", "IT")).statusCode(200).body("displayName", equalTo("IT"));
    tenant.patch("outbound-channels/" + id, Map.of("displayName", "Help")).statusCode(200);
    tenant.delete("outbound-channels/" + id).statusCode(204);
    tenant.get("outbound-channels/" + id).statusCode(404);
  }

  @Test
  void whereAnswersComeInIsChosen() {
    var id = tenant.post("outbound-channels", wish("answersTo", "signed-address")).statusCode(201).body("answersTo", equalTo("signed-address"))
        .extract().<String>path("id");
    tenant.patch("outbound-channels/" + id, Map.of("answersTo", "address")).statusCode(200).body("answersTo", equalTo("address"));
    tenant.patch("outbound-channels/" + tenant.first("outbound-channels"), Map.of("answersTo", "address")).statusCode(422)
        .body("errors[0].pointer", equalTo("/answersTo"));
    tenant.patch("outbound-channels/" + id, Map.of("answersTo", "nowhere")).statusCode(400);
  }

  @Test
  void theRelayHasNoServerOfOnesOwn() {
    tenant.post("outbound-channels", Map.of("kind", "relay", "name", "R", "smtp", server(25))).statusCode(400).body("errors[0].pointer", equalTo("/smtp"));
    tenant.patch("outbound-channels/" + tenant.first("outbound-channels"), Map.of("password", "x")).statusCode(422);
  }

  @Test
  void anotherTenantsServerIsNotFound() {
    var id = tenant.post("outbound-channels", wish()).statusCode(201).extract().<String>path("id");
    var stranger = FoundedTenant.found();
    stranger.get("outbound-channels/" + id).statusCode(404);
    stranger.patch("outbound-channels/" + id, Map.of("password", "x")).statusCode(404);
    stranger.patch("teams/" + stranger.first("teams"), Map.of("replyViaId", id)).statusCode(422).body("errors[0].pointer", equalTo("/replyViaId"));
  }
}
