package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketListTest {
  @Test
  void aMailShowsUpAsTicketWithItsSubjectAndRequester() { // TH-32, TH-33, TH-34, OD-02
    var desk = new Desk();
    var ticket = desk.arrives(desk.from("Anna Example <anna@customer.example>").subject("The heating is off")).ticketId;

    var list = desk.get("/tickets?count=true");

    assertThat(list.getInt("total")).isEqualTo(1);
    assertThat(list.getUUID("items[0].id")).isEqualTo(ticket);
    assertThat(list.getInt("items[0].number")).isEqualTo(1);
    assertThat(list.getString("items[0].subject")).isEqualTo("The heating is off");
    assertThat(list.getString("items[0].status")).isEqualTo("new");
    assertThat(list.getString("items[0].statusKind")).isEqualTo("new");
    assertThat(list.getString("items[0].priorityId")).isNotNull();
    assertThat(list.getUUID("items[0].queueId")).isEqualTo(desk.inbox());
    assertThat(list.getUUID("items[0].teamId")).isEqualTo(desk.lodger.teamId());
    assertThat(list.getUUID("items[0].inboundChannelId")).isEqualTo(desk.lodger.channelId());
    assertThat(list.getString("items[0].requester.name")).isEqualTo("Anna Example");
    assertThat(list.getString("items[0].requester.email")).isEqualTo("anna@customer.example");
    assertThat(list.getBoolean("items[0].unanswered")).isTrue();
    assertThat(list.getMap("items[0]")).doesNotContainKey("participants");
  }

  @Test
  void aSingleTicketShowsItsParticipants() {
    var desk = new Desk();
    var ticket = desk.arrives(desk.from("Anna <anna@customer.example>").header("Cc", "Bob <bob@customer.example>")).ticketId;

    List<Map<String, Object>> participants = desk.get("/tickets/{id}", ticket).getList("participants");

    assertThat(participants).extracting(one -> one.get("address") + " " + one.get("name") + " " + one.get("role"))
        .containsExactlyInAnyOrder("anna@customer.example Anna requester", "bob@customer.example Bob participant");
  }

  @Test
  void everyFilterFindsItsTicketsAlone() { // TH-35, TH-45
    var desk = new Desk();
    var anna = desk.ticket();
    var bob = desk.arrives(desk.from("bob@customer.example")).ticketId;
    var other = desk.queue("Other", desk.team("other"));
    var agent = desk.agent("ada", Role.ADMIN);
    desk.patch(bob, Map.of("queueId", other, "status", "waiting")).statusCode(200);
    Desk.as(desk.admin).contentType("application/json").body(Map.of("agentId", agent)).put("/api/v1/tickets/{id}/assignee", bob).then().statusCode(200);
    desk.reply(bob, Map.of("text", "Done.")).statusCode(202);
    var row = desk.get("/tickets/{id}", bob);

    for (var filter : List.of("number=2", "status=waiting", "queueId=" + other, "assigneeId=" + agent, "unanswered=false",
        "contactId=" + row.getString("requester.contactId"), "teamId=" + row.getString("teamId"))) {
      assertThat(desk.get("/tickets?count=true&" + filter).getList("items.id", UUID.class)).as(filter).containsExactly(bob);
      assertThat(desk.get("/tickets?count=true&" + filter).getInt("total")).as(filter).isEqualTo(1);
    }
    assertThat(desk.get("/tickets?unanswered=true").getList("items.id", UUID.class)).containsExactly(anna);
    assertThat(desk.get("/tickets?number=1&status=waiting").getList("items")).isEmpty();
  }

  @Test
  void theNewestIsFirstOrTheOneThatWasWrittenToLast() {
    var desk = new Desk();
    var first = desk.ticket();
    var second = desk.arrives(desk.from("bob@customer.example")).ticketId;
    desk.reply(first, Map.of("text", "Done.")).statusCode(202);

    assertThat(desk.get("/tickets").getList("items.id", UUID.class)).containsExactly(second, first);
    assertThat(desk.get("/tickets?sort=createdAt").getList("items.id", UUID.class)).containsExactly(second, first);
    assertThat(desk.get("/tickets?sort=lastMessageAt").getList("items.id", UUID.class)).containsExactly(first, second);
  }

  @Test
  void pagesHoldEveryTicketOnceWhileMoreArrive() {
    var desk = new Desk();
    var wanted = new ArrayList<UUID>();
    for (int i = 0; i < 5; i++) {
      wanted.addFirst(desk.arrives(desk.from("customer" + i + "@customer.example")).ticketId);
    }

    for (var sort : List.of("createdAt", "lastMessageAt")) {
      var seen = new ArrayList<UUID>();
      var page = desk.get("/tickets?limit=2&sort=" + sort);
      seen.addAll(page.getList("items.id", UUID.class));
      desk.arrives(desk.from(sort + "@customer.example"));
      while (page.getString("next") != null) {
        page = desk.get("/tickets?limit=2&sort={sort}&after={after}", sort, page.getString("next"));
        seen.addAll(page.getList("items.id", UUID.class));
      }
      assertThat(seen).endsWith(wanted.toArray(UUID[]::new)).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatCannotBeReadIsNamed() {
    var desk = new Desk();
    desk.ticket();
    desk.arrives(desk.from("bob@customer.example"));
    var next = desk.get("/tickets?limit=1").getString("next");

    for (var query : List.of("sort=colour", "queueId=nobody", "unanswered=perhaps", "number=one")) {
      Desk.as(desk.admin).get("/api/v1/tickets?" + query).then().statusCode(400)
          .body("errors.pointer", contains(query.substring(0, query.indexOf('='))));
    }
    Desk.as(desk.admin).get("/api/v1/tickets?limit=1&status=new&after={after}", next).then().statusCode(400)
        .body("errors.pointer", contains("after"));
    Desk.as(desk.admin).urlEncodingEnabled(false).get("/api/v1/tickets?status=%00").then().statusCode(400);
  }

  @Test
  void agentsSeeTicketsOfTheirOwnQueuesOnly() { // TH-30, TH-31
    var desk = new Desk();
    var inbox = desk.ticket();
    var other = desk.arrives(desk.from("bob@customer.example")).ticketId;
    var hidden = desk.arrives(desk.from("eve@customer.example")).ticketId;
    var queue = desk.queue("Other", null);
    desk.patch(other, Map.of("queueId", queue)).statusCode(200);
    desk.patch(hidden, Map.of("queueId", desk.queue("Hidden", null))).statusCode(200);
    var both = desk.key(Role.AGENT, desk.agent("both", Role.AGENT, desk.inbox(), queue));
    var one = desk.key(Role.AGENT, desk.agent("one", Role.AGENT, queue));
    var none = desk.key(Role.AGENT, desk.agent("none", Role.AGENT));

    assertThat(list(both)).containsExactly(other, inbox);
    assertThat(list(one)).containsExactly(other);
    assertThat(list(none)).isEmpty();
    Desk.as(one).get("/api/v1/tickets?count=true").then().body("total", equalTo(1));
    Desk.as(one).get("/api/v1/tickets?count=true&queueId={id}", desk.inbox()).then().body("total", equalTo(0));
  }

  @Test
  void leadsSeeTicketsOfTheTeamsTheyLeadAndOfTheirQueues() { // EH-17
    var desk = new Desk();
    var ofTeam = desk.ticket();
    var ofQueue = desk.arrives(desk.from("bob@customer.example")).ticketId;
    var hidden = desk.arrives(desk.from("eve@customer.example")).ticketId;
    var queue = desk.queue("Other", null);
    var lead = desk.agent("lead", Role.LEAD, queue);
    var member = desk.agent("member", Role.LEAD);
    var team = desk.team("led", lead);
    desk.patch(ofTeam, Map.of("queueId", desk.queue("Of team", team))).statusCode(200);
    desk.patch(ofQueue, Map.of("queueId", queue)).statusCode(200);

    assertThat(list(desk.key(Role.LEAD, lead))).containsExactly(ofQueue, ofTeam).doesNotContain(hidden);
    assertThat(list(desk.key(Role.LEAD, member))).isEmpty();
  }

  private static List<UUID> list(String key) {
    return Desk.as(key).get("/api/v1/tickets").then().statusCode(200).extract().jsonPath().getList("items.id", UUID.class);
  }
}
