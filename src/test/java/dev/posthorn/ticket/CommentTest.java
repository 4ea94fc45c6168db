package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.outbox.Outbox;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class CommentTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  @Test
  void aCommentNeverLeaves() { // TH-41
    var before = desk.get("/tickets/{id}", ticket);

    comment(desk.admin, Map.of("text", "He is always like that.")).statusCode(201);

    assertThat(desk.in(() -> Desk.bean(Outbox.class).count())).isZero();
    assertThat(desk.get("/tickets/{id}/messages?count=true", ticket).getInt("total")).isEqualTo(1);
    assertThat(desk.get("/tickets/{id}", ticket).getMap("")).isEqualTo(before.getMap(""));
  }

  @Test
  void aCommentIsItsAuthors() {
    var agent = desk.agent("ada", Role.AGENT, desk.inbox());

    var answer = comment(desk.key(Role.AGENT, agent), Map.of("text", "Mine.")).statusCode(201)
        .body("agentId", equalTo(agent.toString())).body("text", equalTo("Mine.")).body("html", nullValue())
        .body("ticketId", equalTo(ticket.toString())).extract();
    var second = comment(desk.admin, Map.of("text", "More.")).statusCode(201).body("agentId", nullValue()).extract();

    var shown = Desk.as(desk.admin).get(answer.header("Location")).then().statusCode(200).body("text", equalTo("Mine.")).extract();
    assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag")).isNotNull();
    var list = desk.get("/tickets/{id}/comments?count=true", ticket);
    assertThat(list.getList("items.id")).containsExactly(answer.path("id"), second.path("id"));
    assertThat(list.getInt("total")).isEqualTo(2);
    Desk.as(desk.admin).get("/api/v1/tickets/{id}/comments/{comment}", desk.ticket(), answer.path("id")).then().statusCode(404);
  }

  @Test
  void htmlIsMadeSafeAndReadable() {
    comment(desk.admin, Map.of("html", "<p>See <b>this</b></p><script>alert(1)</script>")).statusCode(201)
        .body("html", equalTo("<p>See <b>this</b></p>")).body("text", equalTo("See this"));
  }

  @Test
  void exactlyOneOfTextAndHtmlIsNeeded() {
    comment(desk.admin, Map.of()).statusCode(400);
    comment(desk.admin, Map.of("text", "a", "html", "b")).statusCode(400);
    comment(desk.admin, Map.of("text", "")).statusCode(400).body("errors.pointer", contains("/text"));
    comment(desk.admin, Map.of("text", "a", "to", List.of())).statusCode(400).body("errors.pointer", contains("/to"));
  }

  private ValidatableResponse comment(String key, Map<String, ?> body) {
    return Desk.as(key).contentType("application/json").body(body).post("/api/v1/tickets/{id}/comments", ticket).then();
  }
}
