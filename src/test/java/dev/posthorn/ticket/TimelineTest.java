package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

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
class TimelineTest {
  private final Desk desk = new Desk();

  @Test
  void everythingIsInOneOrder() { // EH-05, EH-06
    var agent = desk.agent("ada", Role.AGENT, desk.inbox());
    var key = desk.key(Role.AGENT, agent);
    var ticket = worked(key);

    var items = desk.get("/tickets/{id}/timeline?count=true", ticket);

    List<Map<String, Object>> all = items.getList("items");
    assertThat(all).extracting(TimelineTest::what).containsExactly("message inbound email", "event ticket.opened contact",
        "comment Hm.", "message outbound email", "event ticket.status-changed agent", "event ticket.closed agent");
    assertThat(items.getInt("total")).isEqualTo(6);
    assertThat(items.getList("items.id", String.class)).isSorted();
    assertThat(items.getList("items.at", String.class)).doesNotContainNull();
    assertThat(items.getString("items[4].event.actor.id")).isEqualTo(agent.toString());
    assertThat(items.getMap("items[4].event.data")).containsEntry("from", "new").containsEntry("to", "open");
    assertThat(items.getMap("items[2]")).doesNotContainKeys("message", "event");
    assertThat(items.getList("items[3].message.delivery.recipients.address")).containsExactly("anna@customer.example");
  }

  @Test
  void pagesHoldEverythingOnce() { // EH-05
    var ticket = worked(desk.admin);
    List<UUID> wanted = desk.get("/tickets/{id}/timeline", ticket).getList("items.id", UUID.class);

    var seen = new ArrayList<UUID>();
    var page = desk.get("/tickets/{id}/timeline?limit=1", ticket);
    while (page.getString("next") != null) {
      seen.addAll(page.getList("items.id", UUID.class));
      page = desk.get("/tickets/{id}/timeline?limit=1&after={after}", ticket, page.getString("next"));
    }
    seen.addAll(page.getList("items.id", UUID.class));

    assertThat(seen).isEqualTo(wanted).hasSize(6);
    var other = desk.get("/tickets/{id}/timeline?limit=1", ticket).getString("next");
    Desk.as(desk.admin).get("/api/v1/tickets/{id}/timeline?after={after}", desk.ticket(), other).then().statusCode(400);
  }

  private UUID worked(String key) {
    var ticket = desk.ticket();
    Desk.as(key).contentType("application/json").body(Map.of("text", "Hm.")).post("/api/v1/tickets/{id}/comments", ticket).then().statusCode(201);
    desk.reply(key, ticket, Map.of("text", "Done.")).statusCode(202);
    Desk.as(key).put("/api/v1/tickets/{id}/closure", ticket).then().statusCode(200);
    return ticket;
  }

  private static String what(Map<String, Object> item) {
    return switch (String.valueOf(item.get("kind"))) {
      case "message" -> "message " + at(item, "message", "direction") + " " + at(item, "message", "channel");
      case "comment" -> "comment " + at(item, "comment", "text");
      case "event" -> "event " + at(item, "event", "kind") + " " + at(item, "event", "actor", "kind");
      default -> "?";
    };
  }

  private static Object at(Object item, String... path) {
    for (var step : path) {
      item = ((Map<?, ?>) item).get(step);
    }
    return item;
  }
}
