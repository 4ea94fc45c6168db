package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.secret.Secrets;
import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Front;
import dev.posthorn.simulator.GraphMailbox;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Callback;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Provider;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A company does everything for which it gives or gets a secret, rightly and wrongly; then every table, everything that was logged and every
/// refusal is searched for every one of them, in clear, in base64 and in hexadecimal digits.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class LeakJourneyTest {
  private static final String DIRECTORY = "aaaaaaaa-0000-4000-8000-00000000000e";
  private static final String HEARD = "The journey of secrets begins";
  private static final String WRONG = "wrong-password-zebra-4711";

  private final String oid = UUID.randomUUID().toString();
  private final String support = "support@" + oid.substring(0, 8) + ".example";
  private final Rows rows = new Rows("posthorn");
  private final Provider provider = Provider.start().with("office@acme.example").with("own@acme.example");
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Set<String> secrets = new TreeSet<>();
  private final Handler listener = new Listener();
  private Simulator simulator;
  private GraphRealm graph;
  private Company company;
  private TenantId tenant;

  @Inject Secrets stored;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @ConfigProperty(name = "posthorn.secret.keys")
  String sealingKeys;

  @ConfigProperty(name = "posthorn.ticket.reply-keys")
  String replyKeys;

  /// Everything, as a careless operator would have it logged: with traces.
  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord entry) {
      var text = new StringWriter();
      text.append(String.valueOf(entry.getMessage()));
      if (entry.getParameters() != null) {
        Stream.of(entry.getParameters()).forEach(parameter -> text.append(' ').append(String.valueOf(parameter)));
      }
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      logged.add(text.toString());
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeEach
  void start() {
    listener.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(listener);
    Logger.getLogger("dev.posthorn").setLevel(Level.FINE);
    Logger.getLogger("dev.posthorn.journey").info(HEARD);
    simulator = Simulator.start(SimulatedProviders.port());
    graph = GraphRealm.in(simulator);
    simulator.add(new Front(() -> "http://127.0.0.1:" + RestAssured.port));
    simulator.add(new EntraRealm())
        .registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(SimulatedProviders.CALLBACK)))
        .with(new EntraRealm.Person(oid, DIRECTORY, support, "Support"));
    company = Company.founded(operator);
    tenant = new TenantId(UUID.fromString(company.get("/tenant").getString("id")));
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(listener);
    Logger.getLogger("dev.posthorn").setLevel(null);
    company.get("/mailboxes").<String>getList("items.id").forEach(id -> company.asAdmin().delete("/api/v1/mailboxes/" + id).then().statusCode(204));
    graph.close();
    simulator.close();
    provider.close();
  }

  private void refused(int status, String path, Object body) {
    var answer = company.asAdmin().contentType(ContentType.JSON).body(body).post("/api/v1" + path).then().statusCode(status).extract();
    refused.add(answer.asString() + " " + answer.headers());
  }

  private static String secretPart(String key) {
    return key.substring(key.lastIndexOf('_') + 1);
  }

  @Test
  void noSecretStandsAnywhereInClear() {
    GraphMailbox mailbox = graph.mailbox(oid, support);
    keys();
    mailboxes();
    ownServer();
    signIn();
    invitation();
    texts();
    graph.delivers(mailbox, SampleMail.from("anna@customer.example").to(support).subject("By Graph").bytes());
    answered();
    refusals();
    everyStoredSecret();
    secrets.addAll(List.of(Provider.PASSWORD, WRONG, SimulatedProviders.CLIENT_SECRET, operator));
    Stream.of(sealingKeys, replyKeys).map(key -> key.substring(key.indexOf(':') + 1)).forEach(secrets::add);

    assertThat(secrets).hasSizeGreaterThan(12);
    assertThat(refused).hasSizeGreaterThan(6);
    assertThat(logged).as("the listener hears").anyMatch(text -> text.contains(HEARD));
    assertThat(foundIn("a refusal", refused)).isEmpty();
    assertThat(foundIn("the log", logged)).isEmpty();
    assertThat(foundInTables()).isEmpty();
    assertThat(rows.number("select count(*) from stored_secret where tenant_id = ?", tenant.value())).isGreaterThan(4);
  }

  private void keys() {
    var made = company.asAdmin().contentType(ContentType.JSON).header("Idempotency-Key", "once").body(Map.of("name", "K", "role", "admin")).post("/api/v1/api-keys").then()
        .statusCode(201).extract().<String>path("key");
    secrets.add(secretPart(made));
    var id = company.get("/api-keys").getList("items.findAll { it.name == 'K' }.id").getFirst();
    secrets.add(secretPart(company.asAdmin().contentType(ContentType.JSON).header("Idempotency-Key", "turn").body(Map.of("overlapSeconds", 60))
        .post("/api/v1/api-keys/" + id + "/rotations").then().statusCode(200).extract().path("key")));
    secrets.add(secretPart(company.key));
    var webhook = company.asAdmin().contentType(ContentType.JSON).header("Idempotency-Key", "hook").body(Map.of("url", "http://127.0.0.1:9/", "events", List.of("*")))
        .post("/api/v1/webhooks").then().statusCode(201).extract().jsonPath();
    if (webhook.getString("secret") != null) {
      secrets.add(webhook.getString("secret").replaceFirst("^whsec_", ""));
    }
    company.post("/sending-domains", Map.of("domain", "acme.example"), 201);
  }

  private void invitation() {
    var address = UUID.randomUUID() + "@people.example";
    company.post("/invitations", Map.of("email", address, "name", "Ben", "role", "agent"), 201);
    await().atMost(Duration.ofSeconds(30)).until(() -> !CustomerServer.inbox(address).isEmpty());
    var mail = new String(CustomerServer.inbox(address).getFirst(), StandardCharsets.UTF_8).replace("=\r\n", "");
    var link = Pattern.compile("/login/invitations/([A-Za-z0-9_-]{43})").matcher(mail);
    assertThat(link.find()).isTrue();
    secrets.add(link.group(1));
  }

  private void texts() {
    var account = company.asAdmin().contentType(ContentType.JSON).header("Idempotency-Key", "text").body(Map.of("name", "Mobile", "number", "+41446681800", "teamId", company.team,
        "gatewayUrl", "http://127.0.0.1:9/")).post("/api/v1/text-accounts").then().statusCode(201).extract().jsonPath();
    secrets.add(account.getString("secret").replaceFirst("^whsec_", ""));
  }

  private void mailboxes() {
    var wrong = provider.wish("office@acme.example", "password", WRONG);
    refused(422, "/mailboxes", wrong);
    company.asAdmin().contentType(ContentType.JSON).header("Idempotency-Key", "box").body(provider.wish("office@acme.example")).post("/api/v1/mailboxes").then().statusCode(201);
    provider.password("office@acme.example", "changed-" + WRONG);
    await().atMost(Duration.ofSeconds(40)).until(() -> !"connected".equals(company.get("/mailboxes").getString("items[0].state")));
    company.asAdmin().contentType(ContentType.JSON).post("/api/v1/mailboxes/" + company.get("/mailboxes").getString("items[0].id") + "/diagnosis").then().statusCode(200);
    provider.password("office@acme.example", Provider.PASSWORD);
  }

  private void ownServer() {
    var server = new HashMap<String, Object>(Map.of("kind", "smtp", "name", "Own", "fromAddress", "own@acme.example",
        "smtp", Map.of("host", "127.0.0.1", "port", provider.smtpPort(), "security", "none"), "username", "own@acme.example", "password", WRONG));
    refused(422, "/outbound-channels", server);
    server.put("password", Provider.PASSWORD);
    company.asAdmin().contentType(ContentType.JSON).body(server).post("/api/v1/outbound-channels").then().statusCode(201);
  }

  private void signIn() {
    var begun = company.post("/mailboxes/authorizations", Map.of("kind", "microsoft365", "mailbox", support, "returnTo", SimulatedProviders.DESK), 201);
    Callback.come(Browser.click(begun.getString("authorizationUrl"), "account-" + oid)).statusCode(200);
    refused.add(RestAssured.given().redirects().follow(false).queryParams(Map.of("state", begun.getString("state"), "code", "zebra")).get("/oauth/callback").asString());
  }

  private void answered() {
    var ticket = company.tickets(1).getString("items[0].id");
    company.post("/tickets/" + ticket + "/replies", Map.of("text", "Answer"), 202);
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.number("select count(*) from outbound_mail where tenant_id = ? and state in ('queued', 'deferred')", tenant.value()) == 0);
  }

  /// Whoever writes a secret in the wrong place does not read it again in the answer.
  private void refusals() {
    refused(400, "/mailboxes", Map.of("kind", "imap", "adress", Provider.PASSWORD, "passwort", Provider.PASSWORD));
    refused(400, "/mailboxes", "{\"kind\":\"imap\",\"password\":\"" + Provider.PASSWORD + "\"");
    refused(400, "/mailboxes", Map.of("kind", Provider.PASSWORD));
    refused(400, "/webhooks", Map.of("url", List.of(Provider.PASSWORD), "events", List.of("*")));
    refused.add(RestAssured.given().header("Authorization", "Bearer " + company.key.substring(0, company.key.length() - 2)).get("/api/v1/tickets").asString());
    refused.add(RestAssured.given().header("Authorization", "Bearer " + operator + "x").get("/api/v1/tenants").asString());
    refused.add(company.asAdmin().get("/api/v1/audit?after=" + WRONG).asString());
  }

  /// What the tenant's secrets are in clear, whatever they are for.
  private void everyStoredSecret() {
    for (var id : rows.words("select id from stored_secret where tenant_id = ?", tenant.value())) {
      var clear = Tenancy.<String, RuntimeException>in(tenant, () -> QuarkusTransaction.requiringNew().call(() -> stored.open(UUID.fromString(id)).reveal()));
      clear.lines().filter(line -> line.length() > 7 && !line.startsWith("-----")).forEach(secrets::add);
    }
  }

  /// A secret as it is, in base64 at each of the three places where it may stand in a longer text, and in hexadecimal digits.
  private static List<String> forms(String secret) {
    var forms = new ArrayList<String>(List.of(secret));
    for (int before = 0; before < 3; before++) {
      var base64 = Base64.getEncoder().withoutPadding().encodeToString(("x".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
      // The ends hold bits of what stands beside it.
      forms.add(base64.substring(before == 0 ? 0 : before + 1, base64.length() - 2));
    }
    forms.add(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
    return forms.stream().filter(form -> form.length() > 7).toList();
  }

  private List<String> foundIn(String place, List<String> texts) {
    return secrets.stream().filter(secret -> forms(secret).stream().anyMatch(form -> texts.stream().anyMatch(text -> text.contains(form))))
        .map(secret -> place + " has " + secret.substring(0, 3) + "…: " + texts.stream().filter(text -> forms(secret).stream().anyMatch(text::contains)).findFirst().orElse("")).toList();
  }

  /// As a copy of the database would show them: each row of each table as text, bytes in hexadecimal digits.
  private List<String> foundInTables() {
    var found = new ArrayList<String>();
    for (var table : rows.words("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")) {
      var content = rows.words("select r::text from " + table + " r" + (isTenants(table) ? " where tenant_id = '" + tenant + "'" : ""));
      secrets.stream().filter(secret -> forms(secret).stream().anyMatch(form -> content.stream().anyMatch(row -> row.contains(form))))
          .forEach(secret -> found.add(table + " has " + secret.substring(0, 3) + "…"));
    }
    return found;
  }

  private boolean isTenants(String table) {
    return rows.number("select count(*) from information_schema.columns where table_name = ? and column_name = 'tenant_id'", table) > 0;
  }
}
