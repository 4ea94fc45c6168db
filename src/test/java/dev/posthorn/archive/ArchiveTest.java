package dev.posthorn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.mail.Sha256;
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
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// Everything of a tenant goes out and comes in again.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ArchiveTest {
  @Inject House house;
  @Inject ApiKeys keys;
  @Inject Archives archives;

  private final Rows rows = new Rows("posthorn");

  private final class Office {
    final House.Lodger lodger = house.lodger();
    final String admin = house.in(lodger, () -> keys.issue(Role.ADMIN, "admin", null).key());

    JsonPath get(String path) {
      return FoundedTenant.as(admin).get("/api/v1" + path).then().statusCode(200).extract().jsonPath();
    }

    InboundMail arrives(SampleMail mail) {
      return house.filed(lodger, mail.to(lodger.address()).bytes());
    }

    String export() {
      var id = FoundedTenant.as(admin).post("/api/v1/exports").then().statusCode(202).extract().<String>path("id");
      await().atMost(Duration.ofSeconds(60)).until(() -> get("/exports/" + id).getString("state").equals("done"));
      return id;
    }

    byte[] content(String export) {
      return FoundedTenant.as(admin).get("/api/v1/exports/" + export + "/content").then().statusCode(200).extract().asByteArray();
    }

    JsonPath imported(String format, byte[] file) {
      var id = FoundedTenant.as(admin).contentType("application/octet-stream").queryParam("format", format).body(file).post("/api/v1/imports").then().statusCode(202)
          .extract().<String>path("id");
      return await().atMost(Duration.ofSeconds(60)).until(() -> get("/imports/" + id), one -> !one.getString("state").equals("pending"));
    }

    /// Neither a mail to a customer nor a confirmation leaves for what is imported.
    long leaving() {
      return rows.number("select count(*) from outbound_mail where tenant_id = ?", lodger.tenant().value());
    }
  }

  private static Map<String, byte[]> files(byte[] zip) throws IOException {
    var files = new HashMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void anExportHasEverythingAndTheVeryBytesOfTheMails() throws IOException {
    var office = new Office();
    var mail = SampleMail.from("Anna <anna@customer.example>").subject("Zebra").to(office.lodger.address());
    var filed = office.arrives(mail);

    var files = files(office.content(office.export()));

    assertThat(files.keySet()).containsExactlyInAnyOrder("manifest.json", "contacts.jsonl", "tickets.jsonl", "mails.mbox", "mails/" + filed.messageId + ".eml");
    assertThat(files.get("mails/" + filed.messageId + ".eml")).isEqualTo(mail.bytes());
    assertThat(text(files.get("tickets.jsonl"))).contains("\"subject\":\"Zebra\"").contains("anna@customer.example").hasLineCount(1);
    assertThat(text(files.get("contacts.jsonl"))).contains("anna@customer.example");
    assertThat(text(files.get("mails.mbox"))).startsWith("From anna@customer.example ").contains("Subject: Zebra");
    assertThat(office.get("/audit").getList("items.action")).contains("ExportResource_begin", "ExportResource_content");
  }

  @Test
  void whatWasExportedIsImportedElsewhereAndLaterAnswersFindTheirTicket() {
    var old = new Office();
    var filed = old.arrives(SampleMail.from("Anna <anna@customer.example>").subject("Zebra").id("moved-" + old.lodger.tenant() + "@customer.example"));
    FoundedTenant.as(old.admin).body(Map.of("text", "Which one?")).post("/api/v1/tickets/" + filed.ticketId + "/replies").then().statusCode(202);
    FoundedTenant.as(old.admin).body(Map.of("text", "Careful")).post("/api/v1/tickets/" + filed.ticketId + "/comments").then().statusCode(201);
    var zip = old.content(old.export());

    var fresh = new Office();
    FoundedTenant.as(fresh.admin).body(Map.of("autoConfirm", true)).patch("/api/v1/teams/" + fresh.lodger.teamId()).then().statusCode(200);
    var imported = fresh.imported("posthorn", zip);

    assertThat(imported.getString("state")).isEqualTo("done");
    assertThat(List.of(imported.getInt("imported"), imported.getInt("known"), imported.getInt("refused"))).containsExactly(1, 0, 0);
    var ticket = fresh.get("/tickets").getString("items[0].id");
    assertThat(fresh.get("/tickets/" + ticket).getString("requester.email")).isEqualTo("anna@customer.example");
    assertThat(fresh.get("/tickets/" + ticket + "/messages").getList("items.direction")).containsExactly("inbound", "outbound");
    assertThat(fresh.get("/tickets/" + ticket + "/messages").getString("items[0].messageId")).isEqualTo("moved-" + old.lodger.tenant() + "@customer.example");
    assertThat(fresh.leaving()).isZero();

    var answer = fresh.arrives(SampleMail.from("anna@customer.example").header("In-Reply-To", "<moved-" + old.lodger.tenant() + "@customer.example>"));
    assertThat(answer.state).isEqualTo("threaded");
    assertThat(answer.ticketId).hasToString(ticket);
    assertThat(fresh.imported("posthorn", zip).getInt("known")).isEqualTo(1);
    assertThat(fresh.get("/tickets").getList("items")).hasSize(1);
    assertThat(fresh.get("/tickets/" + ticket + "/timeline").getString("items")).contains("Careful");
  }

  @Test
  void mailsOfAnMboxBecomeTicketsOnceAndNobodyIsWrittenTo() {
    var office = new Office();
    FoundedTenant.as(office.admin).body(Map.of("autoConfirm", true)).patch("/api/v1/teams/" + office.lodger.teamId()).then().statusCode(200);
    var one = text(SampleMail.from("anna@customer.example").to(office.lodger.address()).id("m1-" + office.lodger.tenant()).subject("One").bytes());
    var two = text(SampleMail.from("anna@customer.example").to(office.lodger.address()).header("In-Reply-To", "<m1-" + office.lodger.tenant() + ">").subject("Re: One").bytes());
    var mbox = ("From a@b x\n" + one + "\nFrom a@b x\n" + two + "\n").getBytes(StandardCharsets.UTF_8);

    assertThat(office.imported("mbox", mbox).getInt("imported")).isEqualTo(2);
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.number("select count(*) from inbound_mail where tenant_id = ? and state <> 'pending'", office.lodger.tenant().value()) == 2);

    assertThat(office.get("/tickets").getList("items.subject")).containsExactly("One");
    assertThat(office.leaving()).isZero();
    assertThat(office.imported("mbox", mbox).getInt("known")).isEqualTo(2);
  }

  @Test
  void ticketsOfOtherSystemsAreImportedAndWhatCannotBeIsSaid() {
    var office = new Office();

    var zendesk = office.imported("zendesk", (ForeignTicketsTest.ZENDESK.replace("\n", " ") + "\n{\"id\":36,\"subject\":\"Nobody's\",\"created_at\":\"2025-01-01T00:00:00Z\"}\n")
        .getBytes(StandardCharsets.UTF_8));
    var freshdesk = office.imported("freshdesk", ForeignTicketsTest.FRESHDESK.getBytes(StandardCharsets.UTF_8));

    assertThat(zendesk.getInt("imported")).isEqualTo(1);
    assertThat(zendesk.getInt("refused")).isEqualTo(1);
    assertThat(zendesk.getString("faults[0].item")).isEqualTo("Ticket 36");
    assertThat(zendesk.getString("faults[0].detail")).isEqualTo("The requester has no e-mail address.");
    assertThat(freshdesk.getInt("imported")).isEqualTo(2);
    assertThat(office.get("/tickets").getList("items.subject")).containsExactlyInAnyOrder("Printer on fire", "Lost parcel", "Old form");
    assertThat(office.get("/tickets?status=closed").getList("items.subject")).containsExactly("Old form");
    assertThat(office.leaving()).isZero();
    var answer = office.arrives(SampleMail.from("anna@customer.example").header("References", "<first@customer.example>"));
    assertThat(answer.state).isEqualTo("threaded");
  }

  @Test
  void whatIsNoSuchFileFailsAndSaysSo() {
    var office = new Office();

    assertThat(office.imported("posthorn", "no zip".getBytes(StandardCharsets.UTF_8)).getString("state")).isEqualTo("failed");
    assertThat(office.imported("zendesk", "{\"id\":".getBytes(StandardCharsets.UTF_8)).getString("detail")).isEqualTo("It is not zendesk.");
    FoundedTenant.as(office.admin).contentType("application/octet-stream").queryParam("format", "csv").body(new byte[] {'x'}).post("/api/v1/imports").then().statusCode(400);
    FoundedTenant.as(office.admin).contentType("application/octet-stream").queryParam("format", "mbox").queryParam("inboundChannelId", office.lodger.teamId()).body(new byte[] {'x'})
        .post("/api/v1/imports").then().statusCode(422);
  }

  @Test
  void anImportThatBreaksOffWithItsProcessIsNotTriedForEver() {
    var office = new Office();
    var id = UUID.randomUUID();
    rows.execute("insert into archive (tenant_id, id, kind, format, state, attempts, due_at, created_at, updated_at) values ('" + office.lodger.tenant() + "', '" + id
        + "', 'import', 'mbox', 'pending', 3, now(), now(), now())");

    await().atMost(Duration.ofSeconds(30)).until(() -> office.get("/imports/" + id).getString("state").equals("failed"));
    assertThat(office.get("/imports/" + id).getString("detail")).isEqualTo("It broke off again and again.");
  }

  @Test
  void theTenantThatHadNoTurnIsNextHoweverManyImportsAnotherHas() {
    var many = new Office();
    var one = new Office();
    var names = new HashMap<String, String>();
    for (var due : List.of("many 1", "many 2", "one 3")) {
      var id = UUID.randomUUID();
      names.put(id.toString(), due);
      rows.execute("insert into archive (tenant_id, id, kind, format, state, due_at, created_at, updated_at) values ('" + (due.startsWith("many") ? many : one).lodger.tenant()
          + "', '" + id + "', 'import', 'mbox', 'pending', now() + interval '" + due.charAt(due.length() - 1) + " hours', now(), now())");
    }

    var order = IntStream.range(0, 3).mapToObj(turn -> rows.words("select id from claim_archives(1, interval '2 days', now() + interval '1 day' + make_interval(secs => ?))", turn))
        .map(claimed -> names.get(claimed.getFirst())).toList();

    assertThat(order).containsExactly("many 1", "one 3", "many 2");
  }

  @Test
  void anExportThatWasMadeWhileSomebodyWasErasedIsNotGivenOut() {
    var office = new Office();

    boolean given = house.in(office.lodger, () -> {
      var id = archives.add(Archive.EXPORT, "posthorn", null, null, 0);
      return archives.exported(id, Sha256.digest(new byte[] {1}), 1, 0);
    });

    assertThat(given).isFalse();
  }

  @Test
  void anExportThatHasExpiredIsGone() {
    var office = new Office();
    var export = office.export();
    rows.execute("update archive set expires_at = now() - interval '1 second' where id = '" + export + "'");

    await().atMost(Duration.ofSeconds(30)).until(() -> office.get("/exports/" + export).getString("state").equals("expired"));
    FoundedTenant.as(office.admin).get("/api/v1/exports/" + export + "/content").then().statusCode(410);
    var other = new Office();
    FoundedTenant.as(other.admin).get("/api/v1/exports/" + export + "/content").then().statusCode(404);
    FoundedTenant.as(office.admin).get("/api/v1/imports/" + export).then().statusCode(404).body("status", equalTo(404));
  }
}
