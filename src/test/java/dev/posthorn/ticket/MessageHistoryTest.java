package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Why a message is where it is, when it got there, and its original read once more.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class MessageHistoryTest {
  private final Desk desk = new Desk();

  @Test
  void aMessageSaysWhatWasLookedAtAndWhatHeld() {
    var first = desk.arrives(desk.from("anna@customer.example").id("e1@customer.example"));
    var answer = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<e1@customer.example>"));
    var stranger = desk.arrives(desk.from("mallory@elsewhere.example").header("In-Reply-To", "<e1@customer.example>"));

    var joined = desk.get("/messages/{id}/explanation", answer.messageId);
    var linked = desk.get("/messages/{id}/explanation", stranger.messageId);

    assertThat(joined.getInt("version")).isEqualTo(1);
    assertThat(joined.getString("outcome") + " " + joined.getString("decidedBy")).isEqualTo("threaded references");
    assertThat(joined.getList("threading.evidence")).containsExactly("reply-address", "references");
    assertThat(joined.getList("threading.verdict")).containsExactly("absent", "held");
    assertThat(joined.getUUID("threading[1].ticketId")).isEqualTo(first.ticketId);
    assertThat(joined.getList("notes.code")).contains("new-text");
    assertThat(linked.getString("decidedBy")).isEqualTo("linked-not-joined");
    assertThat(linked.getString("threading[1].verdict") + " " + linked.getString("threading[1].why")).isEqualTo("ignored sender-takes-no-part");
  }

  @Test
  void aReplySaysWhoChoseItsWayOut() {
    var reply = desk.reply(desk.ticket(), Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");

    assertThat(desk.get("/messages/{id}/explanation", reply).getString("decidedBy")).isEqualTo("relay");
  }

  @Test
  void aMessageIsTracedStepByStep() {
    var mail = desk.arrives(desk.from("anna@customer.example"));
    var reply = desk.reply(mail.ticketId, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");

    var in = desk.get("/messages/{id}/trace", mail.messageId);

    assertThat(in.getList("steps.step")).containsExactly("received", "stored", "claimed", "parsed", "filed");
    var times = in.getList("steps.at", String.class).stream().map(Instant::parse).map(at -> at.truncatedTo(ChronoUnit.SECONDS)).toList();
    assertThat(times).isSorted();
    var out = await().atMost(Duration.ofSeconds(30)).until(() -> desk.get("/messages/{id}/trace", reply), trace -> trace.getList("steps").size() > 1);
    assertThat(out.getList("steps.step", String.class)).startsWith("queued", "attempted");
    assertThat(out.getList("steps.at", String.class).stream().map(Instant::parse).toList()).isSorted();
  }

  @Test
  void theOriginalIsReadAgainIntoTheSameMessage() {
    var mail = withFiles();
    var before = desk.get("/messages/{id}", mail.messageId);
    desk.patch(mail.ticketId, Map.of("subject", "Edited by hand", "status", "waiting")).statusCode(200);
    spoil(mail.messageId, before.getUUID("attachments[1].id"));

    var now = again(mail.messageId);

    assertThat(now.getString("text")).isEqualTo(before.getString("text")).contains("See the files");
    assertThat(now.getString("subject")).isEqualTo(before.getString("subject"));
    assertThat(now.getString("classification")).isEqualTo("ordinary");
    assertThat(now.getUUID("id")).isEqualTo(mail.messageId);
    assertThat(now.getUUID("ticketId")).isEqualTo(mail.ticketId);
    assertThat(now.getList("attachments.name")).isEqualTo(before.getList("attachments.name"));
    assertThat(now.getUUID("attachments[0].id")).isEqualTo(before.getUUID("attachments[0].id"));
    assertThat(desk.get("/messages/{id}", mail.messageId).getMap("")).isEqualTo(now.getMap(""));
    Desk.as(desk.admin).get("/api/v1/tickets/{id}", mail.ticketId).then().body("subject", equalTo("Edited by hand")).body("statusKind", equalTo("waiting"));
    assertThat(desk.get("/tickets/{id}/timeline?limit=200", mail.ticketId).getList("items.event.kind")).contains("message.reprocessed");
  }

  @Test
  void readingAgainChangesNothingWhereNothingWasWrong() {
    var mail = withFiles();
    var before = desk.get("/messages/{id}", mail.messageId).getMap("");

    again(mail.messageId);

    assertThat(again(mail.messageId).getMap("")).isEqualTo(before);
  }

  @Test
  void aReplyIsNotReadAgain() {
    var reply = desk.reply(desk.ticket(), Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id");

    Desk.as(desk.admin).post("/api/v1/messages/{id}/reprocessing", reply).then().statusCode(409);
    Desk.as(desk.admin).post("/api/v1/messages/{id}/reprocessing", UUID.randomUUID()).then().statusCode(404);
  }

  private JsonPath again(UUID message) {
    return Desk.as(desk.admin).post("/api/v1/messages/{id}/reprocessing", message).then().statusCode(200).extract().jsonPath();
  }

  private InboundMail withFiles() {
    return desk.arrives(desk.from("anna@customer.example").header("MIME-Version", "1.0").header("Content-Type", "multipart/mixed; boundary=cut").body("""
        --cut
        Content-Type: text/plain

        See the files.
        --cut
        Content-Type: text/csv; name=a.csv

        1,2
        --cut
        Content-Type: text/csv; name=b.csv

        3,4
        --cut--
        """));
  }

  /// As an older reader might have left it: other words, and a file missing.
  private void spoil(UUID message, UUID attachment) {
    desk.in(() -> {
      var entities = Desk.bean(EntityManager.class);
      entities.createQuery("update Message set text = 'wrong', newText = 'wrong', subject = 'wrong', classification = 'auto-reply' where id = ?1").setParameter(1, message).executeUpdate();
      return entities.createQuery("delete from Attachment where id = ?1").setParameter(1, attachment).executeUpdate();
    });
  }
}
