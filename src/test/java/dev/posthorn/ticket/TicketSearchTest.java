package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketSearchTest {
  @Test
  void aTicketIsFoundByItsSubjectTextPeopleFilesAndNumber() { // TH-35
    var desk = new Desk();
    desk.arrives(desk.from("Someone Else <else@other.example>").subject("Nothing of the kind"));
    var ticket = desk.arrives(desk.from("Änna Müller <anna@customer.example>").header("Cc", "Bob <bob@partner.example>")
        .subject("The heating is off").body("Since Tuesday the radiators stay cold.")).ticketId;

    for (var words : List.of("heating", "HEATINGS", "radiator", "anna", "muller anna", "müller", "anna@customer.example", "bob", "partner.example", "2", "radia*")) {
      finds(desk, words, ticket);
    }
    findsNothing(desk, "heating boiler");
    findsNothing(desk, "heating -tuesday");
  }

  @Test
  void aReplyAndACommentAreFoundToo() {
    var desk = new Desk();
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "A plumber comes on Thursday.")).statusCode(202);
    post(desk, ticket, "comments", Map.of("text", "Ask the caretaker about the cellar.")).statusCode(201);

    finds(desk, "plumber", ticket);
    finds(desk, "caretaker cellar", ticket);
  }

  @Test
  void aTicketCalledOtherwiseIsFoundByItsNewSubject() {
    var desk = new Desk();
    var ticket = desk.arrives(desk.from("anna@customer.example").subject("Heating")).ticketId;
    finds(desk, "heating", ticket);

    desk.patch(ticket, Map.of("subject", "Boiler room")).statusCode(200);

    finds(desk, "boiler", ticket);
  }

  @Test
  void whatWasMergedIsFoundWhereItWent() {
    var desk = new Desk();
    var into = desk.ticket();
    var merged = desk.arrives(desk.from("bob@customer.example").subject("Wasps in the attic")).ticketId;
    finds(desk, "wasps", merged);

    post(desk, merged, "merges", Map.of("intoTicketId", into)).statusCode(200);

    finds(desk, "wasps", into);
  }

  @Test
  void otherFiltersPagesAndOrdersHoldForWhatIsFound() {
    var desk = new Desk();
    var first = desk.arrives(desk.from("a@customer.example").subject("Leak one")).ticketId;
    var second = desk.arrives(desk.from("b@customer.example").subject("Leak two")).ticketId;
    var third = desk.arrives(desk.from("c@customer.example").subject("Leak three")).ticketId;
    desk.patch(second, Map.of("status", "solved")).statusCode(200);
    await().untilAsserted(() -> assertThat(ids(desk, "/tickets?q=leak")).containsExactly(third, second, first));

    assertThat(ids(desk, "/tickets?q=leak&status=new")).containsExactly(third, first);
    assertThat(ids(desk, "/tickets?q=leak&sort=lastMessageAt")).containsExactly(third, second, first);
    assertThat(desk.get("/tickets?q=leak&status=new&count=true").getInt("total")).isEqualTo(2);
    var page = desk.get("/tickets?q=leak&limit=2");
    assertThat(page.getList("items.id", String.class)).containsExactly(third.toString(), second.toString());
    assertThat(ids(desk, "/tickets?q=leak&limit=2&after={after}", page.getString("next"))).containsExactly(first);
    var byMessage = desk.get("/tickets?q=leak&limit=1&sort=lastMessageAt");
    assertThat(ids(desk, "/tickets?q=leak&limit=1&sort=lastMessageAt&after={after}", byMessage.getString("next"))).containsExactly(second);
  }

  @Test
  void anotherTenantsWordsAreNotFound() {
    var desk = new Desk();
    var stranger = new Desk();
    var ticket = desk.arrives(desk.from("anna@customer.example").subject("Zeppelin")).ticketId;
    var strange = stranger.arrives(stranger.from("bob@customer.example").subject("Zeppelin")).ticketId;

    finds(desk, "zeppelin", ticket);
    finds(stranger, "zeppelin", strange);
  }

  @Test
  void aQuestionThatAsksNothingOrTooMuchIsRefused() {
    var desk = new Desk();

    for (var bad : List.of("-heating", "'&|", "x".repeat(201), "a b c d e f g h i j k l m n o p q r s t u")) {
      var answer = Desk.as(desk.admin).queryParam("q", bad).get("/api/v1/tickets");
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.jsonPath().getString("errors[0].pointer")).as(bad).isEqualTo("q");
    }
  }

  private static ValidatableResponse post(Desk desk, UUID ticket, String what, Object body) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(body).post("/api/v1/tickets/{id}/{what}", ticket, what).then();
  }

  private static void finds(Desk desk, String words, UUID ticket) {
    await().alias(words).untilAsserted(() -> assertThat(ids(desk, "/tickets?q={q}", words)).containsExactly(ticket));
  }

  private static void findsNothing(Desk desk, String words) {
    assertThat(ids(desk, "/tickets?q={q}", words)).isEmpty();
  }

  private static List<UUID> ids(Desk desk, String path, Object... parameters) {
    return desk.get(path, parameters).getList("items.id", String.class).stream().map(UUID::fromString).toList();
  }
}
