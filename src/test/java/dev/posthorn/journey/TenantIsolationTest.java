package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Walks every operation of the published OpenAPI document with another tenant's ids and finds 404, and no list shows
/// another's row. An operation that this test does not know how to call fails it: isolation is shown for all or not at all.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class TenantIsolationTest {
  /// Paths that belong to no tenant, or to the operator alone; and the stream without an end, which `EventStreamTest` listens to.
  private static final Set<String> NOBODYS = Set.of("/problems/{slug}", "/api/v1/events");

  private final Provider provider = Provider.start().with("support@acme.example");

  @Inject SmtpListener smtp;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void everyOperationHidesTheOtherTenantsRows() throws IOException {
    var owner = Company.founded(operator);
    var ids = everythingThatCanBeNamed(owner);
    var stranger = Company.founded(operator);
    var leaks = new ArrayList<String>();
    int named = 0;
    for (var operation : operations()) {
      if (operation.path.contains("{")) {
        named++;
        var own = call(operation, ids, owner.key, true);
        if (own.statusCode() == 404 && !operation.method.equals("delete")) {
          leaks.add(operation + " is not found by its owner either, so it shows nothing");
        }
        var answer = call(operation, ids, stranger.key, false);
        int expected = operation.path.startsWith("/api/v1/tenants") ? 403 : 404;
        if (answer.statusCode() != expected) {
          leaks.add(operation + " answered " + answer.statusCode() + " " + answer.asString());
        }
      } else if (operation.method.equals("get")) {
        var body = call(operation, ids, stranger.key, false).asString();
        ids.values().stream().filter(id -> id.length() > 1).filter(body::contains).forEach(id -> leaks.add(operation + " shows " + id));
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void bodiesCannotNameTheOtherTenantsRows() throws IOException {
    var ids = everythingThatCanBeNamed(Company.founded(operator));
    var stranger = Company.founded(operator);
    new Customer("eve@customer.example").sends(smtp.port(), SampleMail.from("eve@customer.example").subject("Mine").bytes(), stranger.address);
    var mine = stranger.tickets(1).getString("items[0].id");

    assertThat(List.of(
        status(stranger, "/queues", Map.of("name", "Theirs", "teamId", ids.get("teams"))),
        status(stranger, "/rules", Map.of("name", "Theirs", "condition", Map.of("kind", "contact-vip"),
            "actions", List.of(Map.of("kind", "route-to-team", "teamId", ids.get("teams"))))),
        status(stranger, "/sign-in-domains", Map.of("domain", "acme.example")),
        status(stranger, "/invitations", Map.of("email", "x@acme.example", "name", "X", "role", "agent", "teamIds", List.of(ids.get("teams")))),
        status(stranger, "/api-keys", Map.of("name", "Theirs", "role", "agent", "agentId", ids.get("agents"))),
        status(stranger, "/inbound-channels", Map.of("kind", "http", "name", "Theirs", "teamId", ids.get("teams"))),
        status(stranger, "/tickets/" + mine + "/replies", Map.of("text", "x", "attachmentIds", List.of(ids.get("uploads")))),
        status(stranger, "/tickets/" + mine + "/replies", Map.of("text", "x", "outboundChannelId", ids.get("outbound-channels"))),
        status(stranger, "/tickets/" + mine + "/replies", Map.of("text", "x", "inReplyToMessageId", ids.get("messages"))),
        status(stranger, "/tickets/" + mine + "/replies", Map.of("templateId", ids.get("templates"))),
        status(stranger, "/tickets/" + mine + "/forwards", Map.of("to", List.of(Map.of("address", "x@customer.example")), "messageId", ids.get("messages"))),
        status(stranger, "/tickets", Map.of("subject", "x", "contactId", ids.get("contacts"))),
        status(stranger, "/tickets", Map.of("subject", "x", "requester", Map.of("email", "x@customer.example"), "queueId", ids.get("queues"))),
        status(stranger, "/tickets", Map.of("subject", "x", "requester", Map.of("email", "x@customer.example"), "teamId", ids.get("teams")))))
        .containsOnly(422);
  }

  private static int status(Company company, String path, Map<String, Object> body) {
    return company.asAdmin().contentType(ContentType.JSON).body(body).post("/api/v1" + path).statusCode();
  }

  private record Operation(String method, String path) {
    @Override
    public String toString() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
  }

  private static List<Operation> operations() {
    Map<String, Map<String, Object>> paths = RestAssured.get("/openapi?format=json").then().statusCode(200).extract().jsonPath().getMap("paths");
    var found = new ArrayList<Operation>();
    paths.forEach((path, methods) -> methods.keySet().stream()
        .filter(method -> Set.of("get", "post", "put", "patch", "delete").contains(method) && !NOBODYS.contains(path))
        // Reading comes first and deleting last, so that what the owner may delete is there until then.
        .forEach(method -> found.add(new Operation(method, path))));
    found.sort(Comparator.comparing((Operation operation) -> List.of("get", "post", "put", "patch", "delete").indexOf(operation.method)));
    return found;
  }

  /// One id of every kind that stands in a path, by the path's segment before it.
  private Map<String, String> everythingThatCanBeNamed(Company owner) throws IOException {
    new Customer("anna@customer.example").sends(smtp.port(), SampleMail.from("anna@customer.example").to(owner.address).subject("Secret")
        .header("MIME-Version", "1.0").header("Content-Type", "multipart/mixed; boundary=b")
        .body("--b\n\nText.\n--b\nContent-Type: text/csv; name=a.csv\n\na,b\n--b--\n").bytes(), owner.address);
    var ids = new LinkedHashMap<String, String>();
    ids.put("webhooks", owner.post("/webhooks", Map.of("url", "http://127.0.0.1:9/", "events", List.of("*")), 201).getString("id"));
    ids.put("tickets", owner.tickets(1).getString("items[0].id"));
    var message = owner.messages(ids.get("tickets"), 1);
    ids.put("messages", message.getString("items[0].id"));
    ids.put("attachments", message.getString("items[0].attachments[0].id"));
    ids.put("comments", owner.post("/tickets/" + ids.get("tickets") + "/comments", Map.of("text", "Inside"), 201).getString("id"));
    ids.put("uploads", owner.asAdmin().contentType("text/plain").queryParam("name", "a.txt").body("bytes").post("/api/v1/uploads")
        .then().statusCode(201).extract().path("id"));
    ids.put("agents", owner.post("/agents", Map.of("name", "Aida", "email", "aida@acme.example", "role", "agent"), 201).getString("id"));
    ids.put("api-keys", owner.post("/api-keys", Map.of("name", "K", "role", "admin"), 201).getString("id"));
    ids.put("contacts", owner.get("/contacts").getString("items[0].id"));
    ids.put("inbound-channels", owner.channel);
    ids.put("inbound-mails", owner.get("/inbound-mails").getString("items[0].id"));
    owner.asAdmin().contentType("application/merge-patch+json").body(Map.of("acceptOnlyKnownContacts", true)).patch("/api/v1/teams/" + owner.team).then().statusCode(200);
    new Customer("mallory@elsewhere.example").sends(smtp.port(), SampleMail.from("mallory@elsewhere.example").to(owner.address).bytes(), owner.address);
    ids.put("quarantine", await().atMost(Duration.ofSeconds(30)).until(() -> owner.get("/quarantine").getString("items[0].id"), Objects::nonNull));
    ids.put("outbound-channels", owner.get("/outbound-channels").getString("items[0].id"));
    ids.put("queues", owner.get("/queues").getString("items[0].id"));
    ids.put("teams", owner.team);
    ids.put("forwarding-addresses", owner.get("/teams/" + owner.team + "/forwarding-addresses").getString("items[0].id"));
    ids.put("priorities", owner.get("/priorities").getString("items[0].id"));
    ids.put("calendars", owner.post("/calendars", Map.of("name", "Office", "timeZone", "UTC", "holidays", List.of(),
        "hours", Map.of("monday", List.of(Map.of("from", "09:00", "to", "17:00")))), 201).getString("id"));
    ids.put("statuses", owner.get("/statuses").getString("items[0].id"));
    ids.put("rules", owner.post("/rules", Map.of("name", "R", "condition", Map.of("kind", "contact-vip"), "actions", List.of(Map.of("kind", "ignore"))), 201)
        .getString("id"));
    ids.put("versions", "1");
    ids.put("categories", owner.post("/categories", Map.of("name", "C"), 201).getString("id"));
    ids.put("ticket-types", owner.post("/ticket-types", Map.of("name", "T"), 201).getString("id"));
    ids.put("suppressions", owner.post("/suppressions", Map.of("pattern", "nobody@elsewhere.example"), 201).getString("id"));
    for (int i = 0; i < 6; i++) {
      owner.pushed(SampleMail.from("anna@customer.example").subject("Loop").header("Precedence", "bulk").bytes());
    }
    ids.put("loops", owner.get("/loops").getString("items[0].id"));
    ids.put("mailboxes", owner.post("/mailboxes", provider.wish("support@acme.example"), 201).getString("id"));
    ids.put("mailbox-discoveries", owner.post("/mailbox-discoveries", Map.of("address", "support@acme.invalid"), 202).getString("id"));
    ids.put("sending-domains", owner.post("/sending-domains", Map.of("domain", "acme.example"), 201).getString("id"));
    ids.put("forwarding-tests", owner.post("/teams/" + owner.team + "/forwarding-tests", Map.of("address", "help@acme.example"), 201).getString("id"));
    ids.put("views", owner.post("/views", Map.of("name", "V", "filters", Map.of(), "shared", true), 201).getString("id"));
    ids.put("text-accounts", owner.post("/text-accounts", Map.of("name", "Mobile", "number", "+41446681800", "teamId", owner.team,
        "gatewayUrl", "http://127.0.0.1:9/"), 201).getString("id"));
    ids.put("sign-in-domains", owner.post("/sign-in-domains", Map.of("domain", "acme.example"), 201).getString("id"));
    ids.put("invitations", owner.post("/invitations", Map.of("email", "cleo@acme.example", "name", "Cleo", "role", "agent"), 201).getString("id"));
    ids.put("templates", owner.post("/templates", Map.of("name", "Thanks", "bodyHtml", "<p>Thanks</p>"), 201).getString("id"));
    ids.put("wrap-up-codes", owner.post("/wrap-up-codes", Map.of("name", "Done"), 201).getString("id"));
    ids.put("offers", offered(owner, ids.get("queues")));
    ids.put("authorizations", owner.post("/mailboxes/authorizations", Map.of("kind", "microsoft365", "returnTo", SimulatedProviders.DESK), 201).getString("id"));
    ids.put("deliveries", await().until(() -> owner.get("/webhooks/" + ids.get("webhooks") + "/deliveries").getString("items[0].id"), Objects::nonNull));
    var gone = owner.post("/contacts", Map.of("name", "Gone"), 201).getString("id");
    ids.put("erasures", owner.post("/erasures", Map.of("contactId", gone), 202).getString("id"));
    ids.put("exports", owner.asAdmin().post("/api/v1/exports").then().statusCode(202).extract().path("id"));
    ids.put("imports", owner.asAdmin().contentType("application/octet-stream").queryParam("format", "mbox").body(new byte[] {'x'}).post("/api/v1/imports").then().statusCode(202)
        .extract().path("id"));
    ids.put("tenants", owner.get("/tenant").getString("id"));
    assertThat(ids).as("every id is there").doesNotContainValue(null);
    return ids;
  }

  private static String offered(Company owner, String queue) {
    var agent = owner.post("/agents", Map.of("name", "Ben", "email", "ben@acme.example", "role", "agent", "queueIds", List.of(queue)), 201).getString("id");
    owner.asAdmin().contentType("application/merge-patch+json").body(Map.of("offerTimeoutSeconds", 3600)).patch("/api/v1/queues/" + queue).then().statusCode(200);
    owner.asAdmin().contentType(ContentType.JSON).body(Map.of("state", "available")).put("/api/v1/agents/" + agent + "/state").then().statusCode(200);
    return await().atMost(Duration.ofSeconds(30)).until(() -> owner.get("/offers").getString("items[0].id"), Objects::nonNull);
  }

  /// @param harmless the owner reads and writes, but deletes nothing that later calls need
  private Response call(Operation operation, Map<String, String> ids, String key, boolean harmless) {
    var path = operation.path;
    for (var segments = path.split("/"); path.contains("{"); ) {
      var hole = path.substring(path.indexOf('{'), path.indexOf('}') + 1);
      var kind = segments[List.of(segments).indexOf(hole) - 1];
      assertThat(ids).as(operation + " names something that this test cannot make").containsKey(kind);
      path = path.replace(hole, ids.get(kind));
    }
    var request = Company.as(operation.path.startsWith("/api/v1/tenants") && harmless ? operator : key);
    if (harmless && operation.method.equals("delete")) {
      return request.get(path);
    }
    return switch (operation.method) {
      case "get" -> request.get(path);
      case "delete" -> request.delete(path);
      case "patch" -> request.contentType("application/merge-patch+json").body("{}").patch(path);
      case "put" -> request.contentType(ContentType.JSON).body(body(operation, ids)).put(path);
      default -> operation.path.endsWith("/mails")
          ? request.contentType("message/rfc822").body("Subject: x\r\n\r\nx".getBytes(StandardCharsets.UTF_8)).post(path)
          : request.contentType(ContentType.JSON).body(body(operation, ids)).post(path);
    };
  }

  private static Map<String, Object> body(Operation operation, Map<String, String> ids) {
    return switch (operation.path.substring(operation.path.lastIndexOf('/') + 1)) {
      case "assignee" -> Map.of("agentId", ids.get("agents"));
      case "transfers" -> Map.of("queueId", ids.get("queues"));
      case "state" -> Map.of("state", "offline");
      case "merges" -> Map.of("intoTicketId", ids.get("tickets"));
      case "workflow-runs" -> Map.of("workflow", "w");
      case "replies", "comments" -> Map.of("text", "x");
      case "splits" -> Map.of("messageIds", List.of(ids.get("messages")));
      case "notices" -> Map.of("byMail", true);
      case "forwarding-tests" -> Map.of("address", "help@acme.example");
      case "texts" -> Map.of("id", "1", "from", "+4915112345678", "text", "x");
      case "text-receipts" -> Map.of("textId", ids.get("messages"), "state", "delivered");
      default -> Map.of();
    };
  }
}
