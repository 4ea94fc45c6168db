package dev.posthorn.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Contacts, old things and tenants that are not to be kept, and what must stay whole beside them.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ErasureTest {
  private static final String ANNA = "anna.zebra@customer.example";

  @Inject House house;
  @Inject ApiKeys keys;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  private final Rows rows = new Rows("posthorn");
  private House.Lodger lodger;
  private String admin;

  @BeforeEach
  void open() {
    lodger = house.lodger();
    admin = house.in(lodger, () -> keys.issue(Role.ADMIN, "admin", null).key());
  }

  private SampleMail from(String sender) {
    return SampleMail.from(sender).to(lodger.address());
  }

  private InboundMail arrives(SampleMail mail) {
    return house.filed(lodger, mail.bytes());
  }

  private ValidatableResponse post(String path, Object body) {
    return FoundedTenant.as(admin).body(body).post("/api/v1" + path).then();
  }

  private JsonPath get(String path) {
    return FoundedTenant.as(admin).get("/api/v1" + path).then().statusCode(200).extract().jsonPath();
  }

  private JsonPath erased(String contact) {
    var id = post("/erasures", Map.of("contactId", contact)).statusCode(202).extract().<String>path("id");
    return await().atMost(Duration.ofSeconds(60)).until(() -> get("/erasures/" + id), erasure -> erasure.getString("state").equals("done"));
  }

  private Map<String, Object> ledger() {
    var ledger = new TreeMap<String, Object>(get("/inbound-channels/" + lodger.channelId() + "/ledger").getMap("$"));
    ledger.remove("until");
    return ledger;
  }

  /// Every table and column of the tenant that holds the words, in clear or inside of bytes.
  private List<String> places(String words) {
    return rows.words("""
        select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'tenant_id' order by 1""").stream()
        .filter(table -> rows.number("select count(*) from " + table + " r where tenant_id = ? and (strpos(lower(r::text), ?) > 0 or strpos(lower(r::text), ?) > 0)",
            lodger.tenant().value(), words, hex(words)) > 0).toList();
  }

  private static String hex(String words) {
    return HexFormat.of().formatHex(words.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aForgottenContactIsInNoTableAnyMoreAndLedgersAndAuditAreWhole() {
    var own = arrives(from("Anna Zebra <" + ANNA + ">").subject("About zebra stripes").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/mixed; boundary=b").body("--b\n\nMy zebra.\n--b\nContent-Type: text/csv; name=a.csv\n\nzebra,stripes\n--b--\n"));
    var bobs = arrives(from("bob@customer.example").header("Cc", "Anna Zebra <" + ANNA + ">").id("bobs-" + lodger.tenant() + "@customer.example").subject("Bob's"));
    arrives(from(ANNA).header("In-Reply-To", "<bobs-" + lodger.tenant() + "@customer.example>").subject("Re: Bob's").body("I know of zebra stripes."));
    post("/tickets/" + own.ticketId + "/replies", Map.of("text", "Dear Anna Zebra")).statusCode(202);
    var reply = post("/tickets/" + bobs.ticketId + "/replies", Map.of("text", "Dear both", "replyAll", true)).statusCode(202).extract().<String>path("id");
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/messages/" + reply).getString("delivery.state").equals("sent"));
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.number("select count(*) from outbound_mail where tenant_id = ? and state <> 'sent'", lodger.tenant().value()) == 0);
    var contact = get("/contacts?email=" + ANNA).getString("items[0].id");
    assertThat(places("zebra")).contains("ticket", "message", "participant", "contact_email", "outbound_recipient", "blob");
    var before = ledger();

    var erasure = erased(contact);

    assertThat(places("zebra")).isEmpty();
    assertThat(erasure.getInt("tickets")).isEqualTo(1);
    assertThat(erasure.getInt("messages")).isEqualTo(1);
    assertThat(ledger()).isEqualTo(before);
    FoundedTenant.as(admin).get("/api/v1/contacts/" + contact).then().statusCode(404);
    FoundedTenant.as(admin).get("/api/v1/tickets/" + own.ticketId).then().statusCode(404);
    var left = get("/tickets/" + bobs.ticketId + "/messages");
    assertThat(left.getList("items.text")).contains("Hello,\nit does not work.", "(erased)").hasSize(3);
    assertThat(get("/audit/verification").getBoolean("valid")).isTrue();
    assertThat(get("/tickets?q=stripes").getList("items")).isEmpty();
  }

  @Test
  void noticesToAgentsThatRepeatTheirWordsAreForgottenToo() {
    var agent = post("/agents", Map.of("name", "Ada", "email", "ada-" + lodger.tenant() + "@people.example", "role", "agent")).statusCode(201).extract().<String>path("id");
    FoundedTenant.as(admin).body(Map.of("agentIds", List.of(agent))).patch("/api/v1/queues/" + get("/queues").getString("items[0].id")).then().statusCode(200);
    FoundedTenant.as(admin).body(Map.of("byMail", true)).put("/api/v1/agents/" + agent + "/notices").then().statusCode(200);
    var own = arrives(from(ANNA).subject("About zebra stripes"));
    FoundedTenant.as(admin).body(Map.of("agentId", agent)).put("/api/v1/tickets/" + own.ticketId + "/assignee").then().statusCode(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> !CustomerServer.inbox("ada-" + lodger.tenant() + "@people.example").isEmpty());
    assertThat(new String(CustomerServer.inbox("ada-" + lodger.tenant() + "@people.example").getFirst(), StandardCharsets.UTF_8)).contains("zebra stripes");
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.number("select count(*) from outbound_mail where tenant_id = ? and state <> 'sent'", lodger.tenant().value()) == 0);

    erased(get("/contacts?email=" + ANNA).getString("items[0].id"));

    assertThat(places("zebra")).isEmpty();
  }

  @Test
  void exportsThatHoldThemEndAndOnesUnderWayBeginAnew() {
    arrives(from(ANNA));
    var contact = get("/contacts?email=" + ANNA).getString("items[0].id");
    var before = post("/exports", Map.of()).statusCode(202).extract().<String>path("id");
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/exports/" + before).getString("state").equals("done"));
    var underWay = "00000000-0000-7000-8000-" + lodger.tenant().toString().substring(24);
    rows.execute("insert into archive (tenant_id, id, kind, format, state, attempts, due_at, claimed_at, created_at, updated_at) values ('" + lodger.tenant() + "', '" + underWay
        + "', 'export', 'posthorn', 'pending', 1, now() + interval '1 hour', now(), now(), now())");

    erased(contact);

    assertThat(get("/exports/" + before).getString("state")).isEqualTo("expired");
    assertThat(get("/exports/" + before).getString("detail")).isEqualTo("A contact was erased.");
    FoundedTenant.as(admin).get("/api/v1/exports/" + before + "/content").then().statusCode(410);
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/exports/" + underWay).getString("state").equals("done"));
    assertThat(rows.number("select attempts from archive where id = ?", UUID.fromString(underWay))).isEqualTo(2);
    assertThat(places("zebra")).isEmpty();
  }

  @Test
  void mailsOfTheirsThatBecameNothingAreForgottenToo() {
    FoundedTenant.as(admin).body(Map.of("acceptOnlyKnownContacts", true)).patch("/api/v1/teams/" + lodger.teamId()).then().statusCode(200);
    var contact = post("/contacts", Map.of("name", "Anna", "emails", List.of("anna@customer.example"))).statusCode(201).extract().<String>path("id");
    var held = arrives(from("stranger.zebra@customer.example"));
    assertThat(held.state).isEqualTo("quarantined");
    FoundedTenant.as(admin).body(Map.of("emails", List.of("anna@customer.example", "stranger.zebra@customer.example"))).patch("/api/v1/contacts/" + contact).then().statusCode(200);

    var erasure = erased(contact);

    assertThat(erasure.getInt("mails")).isEqualTo(1);
    assertThat(get("/inbound-mails/" + held.id).getString("state")).isEqualTo("ignored");
    assertThat(get("/inbound-mails/" + held.id).getString("reason")).isEqualTo("erased");
    post("/inbound-mails/" + held.id + "/reprocessing", Map.of()).statusCode(410);
    assertThat(places("zebra")).isEmpty();
  }

  @Test
  void aContactWithoutAnAddressIsForgottenToo() {
    var contact = post("/contacts", Map.of("name", "Nobody Zebra", "phones", List.of("+49 30 1234567"))).statusCode(201).extract().<String>path("id");

    erased(contact);

    assertThat(places("zebra")).isEmpty();
    FoundedTenant.as(admin).get("/api/v1/contacts/" + contact).then().statusCode(404);
  }

  @Test
  void whatASetUpKnowsThemByIsForgotten() {
    var support = "support.zebra@customer.example";
    var contact = post("/contacts", Map.of("name", "Support", "emails", List.of(support))).statusCode(201).extract().<String>path("id");
    post("/teams/" + lodger.teamId() + "/forwarding-tests", Map.of("address", support)).statusCode(201);
    var probe = await().atMost(Duration.ofSeconds(30)).until(() -> CustomerServer.inbox(support), mails -> !mails.isEmpty()).getLast();
    assertThat(house.filed(lodger, probe).reason).isEqualTo("forwarding-test");
    assertThat(arrives(from("Gmail Team <forwarding-noreply@google.com>").subject("(#123456789) Gmail Forwarding Confirmation - Receive Mail from " + support)
        .body(support + " has requested to automatically forward mail to " + lodger.address() + "\nConfirmation code: 123456789\n\n"
            + "https://mail-settings.google.com/mail/vf-%5BANGjdJ8abcdefghij%5D-xyz_123\n")).reason).isEqualTo("forwarding-confirmation");
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.number("select count(*) from outbound_mail where tenant_id = ? and state <> 'sent'", lodger.tenant().value()) == 0);
    assertThat(places("zebra")).contains("forwarding_test", "forwarding_confirmation", "outbound_recipient", "blob");

    erased(contact);

    assertThat(places("zebra")).isEmpty();
  }

  @Test
  void anErasureIsAskedForOnceAndOfContactsThatAreThere() {
    arrives(from(ANNA));
    var contact = get("/contacts").getString("items[0].id");
    var first = erased(contact).getString("id");

    post("/erasures", Map.of("contactId", contact)).statusCode(202).body("id", equalTo(first));
    post("/erasures", Map.of("contactId", lodger.teamId())).statusCode(422).body("errors[0].pointer", equalTo("/contactId"));
    assertThat(get("/erasures").getList("items.id")).containsExactly(first);
  }

  @Test
  void nothingIsTakenAwayUnlessTheTenantSaysSo() {
    assertThat(get("/retention").getMap("$").values()).containsOnlyNulls();
  }

  @Test
  void whatIsOlderThanTheTenantWantsIsTakenAway() {
    var old = arrives(from("anna@customer.example").subject("Old zebra"));
    var fresh = arrives(from("anna@customer.example").subject("Fresh"));
    var open = arrives(from("anna@customer.example").subject("Open"));
    for (var ticket : List.of(old, fresh)) {
      FoundedTenant.as(admin).put("/api/v1/tickets/" + ticket.ticketId + "/closure").then().statusCode(200);
    }
    rows.execute("update ticket set closed_at = closed_at - interval '31 days' where id = '" + old.ticketId + "'");
    rows.execute("update inbound_mail set received_at = received_at - interval '91 days' where id in ('" + old.id + "', '" + open.id + "')");

    FoundedTenant.as(admin).body(Map.of("closedTicketDays", 30, "rawMailDays", 90)).patch("/api/v1/retention").then().statusCode(200).body("closedTicketDays", equalTo(30));

    await().atMost(Duration.ofSeconds(30)).until(() -> get("/tickets").getList("items").size() == 2);
    await().atMost(Duration.ofSeconds(30)).until(() -> FoundedTenant.as(admin).get("/api/v1/messages/" + open.messageId + "/raw").statusCode() == 410);
    FoundedTenant.as(admin).get("/api/v1/messages/" + fresh.messageId + "/raw").then().statusCode(200);
    assertThat(get("/messages/" + open.messageId).getString("text")).isEqualTo("Hello,\nit does not work.");
    post("/messages/" + open.messageId + "/reprocessing", Map.of()).statusCode(410);
    FoundedTenant.as(admin).body(Map.of("rawMailDays", 0)).patch("/api/v1/retention").then().statusCode(400);
  }

  @Test
  void quarantineAndIgnoredMailEndAfterTheirTime() {
    FoundedTenant.as(admin).body(Map.of("acceptOnlyKnownContacts", true)).patch("/api/v1/teams/" + lodger.teamId()).then().statusCode(200);
    var held = arrives(from("stranger@customer.example").body("zebra"));
    rows.execute("update inbound_mail set received_at = received_at - interval '15 days' where id = '" + held.id + "'");

    FoundedTenant.as(admin).body(Map.of("quarantineDays", 14, "ignoredMailDays", 14)).patch("/api/v1/retention").then().statusCode(200);

    await().atMost(Duration.ofSeconds(30)).until(() -> get("/inbound-mails/" + held.id).getString("state").equals("ignored"));
    assertThat(get("/quarantine").getList("items")).isEmpty();
    assertThat(get("/inbound-channels/" + lodger.channelId() + "/ledger").getLong("ignored")).isEqualTo(1);
  }

  @Test
  void anErasedTenantLeavesNoRowAnywhere() {
    arrives(from(ANNA).subject("Zebra"));
    post("/queues", Map.of("name", "Zebra")).statusCode(201);
    var slug = rows.words("select slug from tenant where id = ?", lodger.tenant().value()).getFirst();

    FoundedTenant.as(operator).delete("/api/v1/tenants/" + lodger.tenant()).then().statusCode(204);

    FoundedTenant.as(admin).get("/api/v1/tenant").then().statusCode(401);
    FoundedTenant.as(operator).get("/api/v1/tenants/" + lodger.tenant()).then().statusCode(404);
    assertThat(rows.number("select count(*) from tenant where slug = ?", slug)).isZero();
    await().atMost(Duration.ofSeconds(60)).until(() -> rows.number("select count(*) from tenant where id = ?", lodger.tenant().value()) == 0);
    var tables = rows.words("select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name) "
        + "where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'tenant_id'");
    assertThat(tables).hasSizeGreaterThan(40).allSatisfy(table ->
        assertThat(rows.number("select count(*) from " + table + " where tenant_id = ?", lodger.tenant().value())).as(table).isZero());
  }
}
