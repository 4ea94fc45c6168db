package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left of people who are known by their telephone number, when they are forgotten or their ticket is deleted: nothing.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ForgottenNumberTest {
  private static final String ZOE = "+4915198765432";

  private Texting texting;
  private Desk desk;
  private final Rows rows = new Rows("posthorn");

  @BeforeEach
  void open() {
    texting = new Texting();
    desk = texting.desk;
  }

  @AfterEach
  void close() {
    texting.close();
  }

  private String contactOf(UUID ticket) {
    return desk.get("/tickets/{id}", ticket).getString("requester.contactId");
  }

  private void forgotten(String contact) {
    var id = texting.post("/erasures", Map.of("contactId", contact)).statusCode(202).extract().<String>path("id");
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.get("/erasures/{id}", id).getString("state").equals("done"));
  }

  /// Every table of the tenant with a row that holds the digits.
  private List<String> places() {
    return rows.words("""
        select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'tenant_id' order by 1""").stream()
        .filter(table -> rows.number("select count(*) from " + table + " r where tenant_id = ? and strpos(r::text, ?) > 0", desk.lodger.tenant().value(), "15198765432") > 0)
        .toList();
  }

  /// A ticket of Anna's into which Zoe was drawn by text: asked there, she answered there.
  private UUID withZoe() {
    var ticket = desk.ticket();
    texting.becomes(texting.replied(ticket, Map.of("text", "Zoe, do you know?", "channel", "text", "to", List.of(Map.of("address", ZOE)))), "sent");
    assertThat(texting.arrives("answer", ZOE, "Yes").getUUID("ticketId")).isEqualTo(ticket);
    return ticket;
  }

  @Test
  void whoeverWroteTextsIsInNoTableAnyMore() {
    var own = texting.arrives("own", ZOE, "One").getUUID("ticketId");
    texting.becomes(texting.replied(own, Map.of("text", "Hello", "channel", "text")), "sent");
    texting.gateway.says(422);
    texting.becomes(texting.replied(own, Map.of("text", "Are you there?", "channel", "text")), "failed");
    var others = withZoe();
    assertThat(places()).contains("contact_phone", "message", "outbound_text", "text_thread");

    forgotten(contactOf(own));

    assertThat(places()).isEmpty();
    Desk.as(desk.admin).get("/api/v1/tickets/{id}", own).then().statusCode(404);
    var left = desk.get("/tickets/{id}/messages", others);
    assertThat(left.getList("items.text")).containsExactlyInAnyOrder("Hello,\nit does not work.", "Zoe, do you know?", "(erased)");
    assertThat(left.getString("items.find { it.direction == 'outbound' }.delivery.state")).isEqualTo("sent");
    assertThat(left.getString("items.find { it.direction == 'outbound' }.to[0].address")).isEqualTo("erased@erased.invalid");
  }

  @Test
  void nobodyIsAnsweredAtANumberThatIsForgotten() {
    var others = withZoe();
    var zoe = desk.get("/tickets/{id}/messages", others).getString("items.find { it.channel == 'text' && it.direction == 'inbound' }.contactId");

    forgotten(zoe);

    desk.reply(others, Map.of("text", "x", "channel", "text")).statusCode(422).body("type", equalTo("/problems/contact-has-no-phone"));
    assertThat(texting.arrives("later", ZOE, "It is me").getUUID("ticketId")).isNotEqualTo(others);
  }

  @Test
  void aTextThatWaitsForThemIsNotSent() {
    var others = withZoe();
    var zoe = desk.get("/tickets/{id}/messages", others).getString("items.find { it.channel == 'text' && it.direction == 'inbound' }.contactId");
    var waiting = texting.replied(others, Map.of("text", "Later", "channel", "text", "to", List.of(Map.of("address", ZOE)), "sendAt",
        Instant.now().plus(Duration.ofHours(1)).toString()));

    forgotten(zoe);

    assertThat(texting.state(waiting)).isEqualTo("failed");
    assertThat(places()).isEmpty();
    assertThat(texting.gateway.given()).hasSize(1);
  }

  @Test
  void aNumberThatSomebodyElseHasTooStaysTheirs() {
    var own = texting.arrives("own", ZOE, "From Ben").getUUID("ticketId");
    var ben = texting.post("/contacts", Map.of("name", "Ben", "phones", List.of(ZOE))).statusCode(201).extract().<String>path("id");
    assertThat(contactOf(own)).isEqualTo(ben);
    var zoe = texting.post("/contacts", Map.of("name", "Zoe", "emails", List.of("zoe@customer.example"), "phones", List.of(ZOE))).statusCode(201).extract().<String>path("id");

    forgotten(zoe);

    assertThat(desk.get("/contacts/{id}", ben).getList("phones")).containsExactly(ZOE);
    assertThat(desk.get("/tickets/{id}/messages", own).getString("items[0].from.address")).isEqualTo(ZOE);
    assertThat(texting.arrives("next", ZOE, "Ben again").getUUID("ticketId")).isEqualTo(own);
  }

  @Test
  void aDeletedTicketTakesItsTextsWithIt() {
    var ticket = texting.arrives("own", ZOE, "One").getUUID("ticketId");
    texting.becomes(texting.replied(ticket, Map.of("text", "Hello", "channel", "text")), "sent");
    texting.replied(ticket, Map.of("text", "Later", "channel", "text", "sendAt", Instant.now().plus(Duration.ofHours(1)).toString()));

    Desk.as(desk.admin).delete("/api/v1/tickets/{id}", ticket).then().statusCode(204);

    assertThat(rows.number("select count(*) from outbound_text where tenant_id = ?", desk.lodger.tenant().value())).isZero();
    assertThat(texting.gateway.given()).hasSize(1);
  }

  @Test
  void aTicketWhoseTextIsJustLeavingIsNotDeleted() {
    var ticket = texting.arrives("own", ZOE, "One").getUUID("ticketId");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("active", false)).patch("/api/v1/text-accounts/" + texting.account).then().statusCode(200);
    texting.becomes(texting.replied(ticket, Map.of("text", "Hello", "channel", "text")), "deferred");

    Desk.as(desk.admin).delete("/api/v1/tickets/{id}", ticket).then().statusCode(409);
  }
}
