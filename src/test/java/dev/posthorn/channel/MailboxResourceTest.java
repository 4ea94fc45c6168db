package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Provider;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = GmailServer.class, scope = TestResourceScope.GLOBAL)
class MailboxResourceTest {
  private static final String SUPPORT = "support@acme.example";

  private final Provider provider = Provider.start().with(SUPPORT);
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @AfterEach
  void stop() {
    if (tenant != null) {
      tenant.get("mailboxes").extract().jsonPath().<String>getList("items.id").forEach(id -> tenant.delete("mailboxes/" + id));
    }
    provider.close();
  }

  private JsonPath connected() {
    return tenant.post("mailboxes", provider.wish(SUPPORT)).statusCode(201).extract().jsonPath();
  }

  @Test
  void connectingSetsUpBothDirectionsInOneStep() { // TH-01, TH-02, TH-03, TH-08
    var mailbox = connected();

    assertThat(mailbox.getString("state")).isEqualTo("connected");
    assertThat(mailbox.getString("name")).isEqualTo(SUPPORT);
    assertThat(mailbox.getInt("imap.port")).isEqualTo(provider.imapPort());
    assertThat(mailbox.getString("sentFolder")).isEqualTo("Sent");
    tenant.get("inbound-channels/" + mailbox.getString("inboundChannelId")).body("kind", equalTo("mailbox")).body("address", equalTo(SUPPORT))
        .body("replyViaId", equalTo(mailbox.getString("outboundChannelId")));
    tenant.get("outbound-channels/" + mailbox.getString("outboundChannelId")).body("kind", equalTo("smtp")).body("fromAddress", equalTo(SUPPORT));
    tenant.get("mailboxes").body("items.state", contains("connected")).body("items.processIncoming", contains(true));
  }

  @Test
  void aConnectedMailboxIsListedAsAnAddressOfOnesOwn() { // OD-26
    connected();

    tenant.get("suppressions?reason=own-address").body("items.pattern", hasItem(SUPPORT));
  }

  @Test
  void gmailNeedsAnAddressAndAnAppPasswordWithOrWithoutBlanks() { // OD-09, OD-11
    tenant.post("mailboxes", Map.of("kind", "gmail", "address", "acme.support@gmail.example", "appPassword", "abcd efgh\u00a0ijkl mnop"))
        .statusCode(201).body("kind", equalTo("gmail")).body("imap", nullValue()).body("state", equalTo("connected"));
    tenant.get("outbound-channels").body("items.kind", hasItem("gmail"));
  }

  @Test
  void aWrongAppPasswordIsSaidWithWhatItNeeds() { // OD-10
    tenant.post("mailboxes", Map.of("kind", "gmail", "address", "acme.support@gmail.example", "appPassword", "wrongwrongwrongw"))
        .statusCode(422).body("type", equalTo("/problems/mailbox-not-connected")).body("errors[0].step", equalTo("login"))
        .body("errors[0].hint", containsString("2-step verification"));
  }

  @Test
  void whatDoesNotWorkIsNotSaved() {
    tenant.post("mailboxes", provider.wish(SUPPORT, "password", "open-barley-7")).statusCode(422)
        .body("type", equalTo("/problems/mailbox-not-connected"))
        .body("errors.pointer", hasItem("/imap")).body("errors[0].step", equalTo("login")).body("errors[0].detail", containsString("NO"))
        .body("errors[0].hint", containsString("password")).body(not(containsString("open-barley-7")));
    tenant.get("mailboxes").body("items", hasSize(0));
    tenant.get("inbound-channels").body("items.kind", everyItem(not(equalTo("mailbox"))));
  }

  @Test
  void aClosedPortAFilteredOneAndAHostInsideTellNothing() {
    var closed = provider.wish(SUPPORT, "imap", Map.of("host", "127.0.0.1", "port", 1, "security", "none"));
    tenant.post("mailboxes", closed).statusCode(422).body("errors[0].detail", equalTo("the host does not answer on this port"));
    for (var inside : new String[] {"10.0.0.1", "169.254.169.254", "[::1]", "0x7f000001", "no-such-host.invalid"}) {
      tenant.post("mailboxes", provider.wish(SUPPORT, "imap", Map.of("host", inside, "port", 993, "security", "tls"))).statusCode(422)
          .body("errors[0].step", equalTo("connect")).body("errors[0].detail", equalTo("no such host"));
    }
  }

  @Test
  void port25OfTheLargeProvidersIsRefusedWithTheRightOne() { // TH-07
    for (var host : new String[] {"smtp.gmail.com", "smtp.office365.com", "smtp-mail.outlook.com"}) {
      tenant.post("mailboxes", provider.wish(SUPPORT, "smtp", Map.of("host", host, "port", 25, "security", "starttls"))).statusCode(422)
          .body("errors[0].pointer", equalTo("/smtp/port")).body("detail", containsString("587"));
    }
  }

  @Test
  void aPersonalAddressIsAskedAbout() { // OD-08
    provider.with("anna.meier@acme.example");
    tenant.post("mailboxes", provider.wish("anna.meier@acme.example")).statusCode(422).body("type", equalTo("/problems/personal-address"));
    tenant.post("mailboxes", provider.wish("anna.meier@acme.example", "confirmPersonal", true)).statusCode(201);
  }

  @Test
  void aMissingFolderForSentMailIsSaidBeforeSaving() { // TH-12
    tenant.post("mailboxes", provider.wish(SUPPORT, "sentFolder", "Nowhere")).statusCode(422).body("errors[0].step", equalTo("sent-folder"))
        .body("errors[0].detail", containsString("Sent"));
    tenant.post("mailboxes", provider.wish(SUPPORT, "sentFolder", "Sent")).statusCode(201).body("sentFolder", equalTo("Sent"));
  }

  @Test
  void secretsNeverComeBack() {
    var mailbox = tenant.post("mailboxes", provider.wish(SUPPORT)).statusCode(201).extract().asString();
    var id = JsonPath.from(mailbox).getString("id");

    for (var shown : new String[] {mailbox, tenant.get("mailboxes/" + id).extract().asString(), tenant.get("mailboxes").extract().asString(),
        tenant.patch("mailboxes/" + id, Map.of("password", Provider.PASSWORD)).statusCode(200).extract().asString(),
        tenant.asAdmin().post("/api/v1/mailboxes/" + id + "/diagnosis").asString()}) {
      assertThat(shown).doesNotContain(Provider.PASSWORD);
    }
  }

  @Test
  void anAddressIsConnectedOnceAndNamesAreUnique() { // TH-01
    connected();
    tenant.post("mailboxes", provider.wish(SUPPORT)).statusCode(409).body("errors[0].pointer", equalTo("/address"));
    provider.with("info@acme.example");
    tenant.post("mailboxes", provider.wish("info@acme.example", "name", SUPPORT)).statusCode(409).body("errors[0].pointer", equalTo("/name"));
  }

  @Test
  void theSameRequestIsAnsweredTheSame() {
    var wish = provider.wish(SUPPORT);
    var first = tenant.asAdmin().header("Idempotency-Key", "once").body(wish).post("/api/v1/mailboxes").then().statusCode(201).extract().<String>path("id");
    tenant.asAdmin().header("Idempotency-Key", "once").body(wish).post("/api/v1/mailboxes").then().statusCode(201).body("id", equalTo(first));
    tenant.asAdmin().header("Idempotency-Key", "once").body(provider.wish(SUPPORT, "password", "other")).post("/api/v1/mailboxes").then()
        .statusCode(422).body("type", equalTo("/problems/idempotency-key-reused"));
  }

  @Test
  void processingIsSwitchedPerMailbox() { // TH-09, TH-10
    var id = connected().getString("id");

    tenant.patch("mailboxes/" + id, Map.of("processIncoming", false)).statusCode(200).body("state", equalTo("paused"));
    tenant.get("mailboxes").body("items.processIncoming", contains(false)).body("items.state", contains("paused"));
    tenant.patch("mailboxes/" + id, Map.of("processIncoming", true)).statusCode(200).body("state", equalTo("connected"));
  }

  @Test
  void aNewPasswordIsTriedBeforeItHolds() {
    var id = connected().getString("id");

    tenant.patch("mailboxes/" + id, Map.of("password", "open-barley-7")).statusCode(422).body("errors[0].step", equalTo("login"));
    provider.password(SUPPORT, "open-barley-7");
    tenant.patch("mailboxes/" + id, Map.of("password", "open-barley-7")).statusCode(200).body("state", equalTo("connected"));
    tenant.patch("mailboxes/" + id, Map.of("appPassword", "abcd")).statusCode(400);
    tenant.patch("mailboxes/" + id, Map.of("afterImport", "move")).statusCode(422).body("errors[0].pointer", equalTo("/moveTo"));
  }

  @Test
  void readingDoesNotRefuseAnEdit() {
    var id = connected().getString("id");
    var before = tenant.get("mailboxes/" + id).extract();
    var tag = before.header("ETag");
    await().atMost(Duration.ofSeconds(30)).until(() -> !tenant.get("mailboxes/" + id).extract().path("lastSuccessAt").equals(before.path("lastSuccessAt")));

    tenant.asAdmin().header("If-Match", tag).body(Map.of("name", "Support")).patch("/api/v1/mailboxes/" + id).then().statusCode(200);
    tenant.asAdmin().header("If-Match", tag).body(Map.of("name", "Help")).patch("/api/v1/mailboxes/" + id).then().statusCode(412);
  }

  @Test
  void whatCameInStaysWhenTheMailboxGoes() {
    var mailbox = connected();
    tenant.delete("mailboxes/" + mailbox.getString("id")).statusCode(204);

    tenant.get("mailboxes/" + mailbox.getString("id")).statusCode(404);
    tenant.get("outbound-channels/" + mailbox.getString("outboundChannelId")).statusCode(404);
    tenant.get("inbound-channels/" + mailbox.getString("inboundChannelId")).statusCode(200).body("replyViaId", nullValue());
    assertThat(connected().getString("inboundChannelId")).isEqualTo(mailbox.getString("inboundChannelId"));
  }

  @Test
  void aMailboxThatAQueueAnswersByStays() {
    var mailbox = connected();
    tenant.patch("queues/" + tenant.first("queues"), Map.of("replyViaId", mailbox.getString("outboundChannelId"))).statusCode(200);

    tenant.delete("mailboxes/" + mailbox.getString("id")).statusCode(409).body("detail", containsString("queue"));
    tenant.patch("queues/" + tenant.first("queues"), Collections.singletonMap("replyViaId", null)).statusCode(200);
  }

  @Test
  void aDiagnosisGoesThroughEveryCheck() {
    var id = connected().getString("id");
    var well = tenant.asAdmin().post("/api/v1/mailboxes/" + id + "/diagnosis").then().statusCode(200).extract().jsonPath();
    assertThat(well.getList("check")).contains("imap.connect", "imap.login", "imap.folder", "imap.sent-folder", "smtp.login", "smtp.mail", "mailbox.reading");
    assertThat(well.getList("findAll { !it.ok }")).isEmpty();

    provider.password(SUPPORT, "changed");
    var ill = tenant.asAdmin().post("/api/v1/mailboxes/" + id + "/diagnosis").then().statusCode(200).extract().jsonPath();
    assertThat(ill.getBoolean("find { it.check == 'imap.login' }.ok")).isFalse();
    assertThat(ill.getString("find { it.check == 'imap.login' }.remedy")).contains("password");
  }

  @Test
  void onlyAdminsOfTheTenantSeeIt() {
    var id = connected().getString("id");
    var stranger = FoundedTenant.found();

    stranger.get("mailboxes/" + id).statusCode(404);
    stranger.patch("mailboxes/" + id, Map.of("name", "Mine")).statusCode(404);
    stranger.delete("mailboxes/" + id).statusCode(404);
    stranger.asAdmin().post("/api/v1/mailboxes/" + id + "/diagnosis").then().statusCode(404);
    tenant.person(Role.AGENT, "ann").call().get("/api/v1/mailboxes").then().statusCode(403);
    assertThat(tenant.get("mailboxes/" + id).extract().<String>path("id")).isEqualTo(id);
  }

  @Test
  void itsChannelsGoWithItAlone() {
    var mailbox = connected();

    tenant.delete("outbound-channels/" + mailbox.getString("outboundChannelId")).statusCode(409);
    tenant.delete("inbound-channels/" + mailbox.getString("inboundChannelId")).statusCode(409);
    tenant.patch("outbound-channels/" + mailbox.getString("outboundChannelId"), Map.of("fromAddress", tenant.get("inbound-channels").extract()
        .<String>path("items[0].address"))).statusCode(422);
    tenant.get("outbound-channels/" + mailbox.getString("outboundChannelId")).body("fromAddress", notNullValue());
  }
}
