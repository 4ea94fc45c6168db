package dev.posthorn.ticket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Time does not wait for tests, and tests not for time: a ticket is made older, and its clocks are looked at as if it were.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ClockTest {
  private final Desk desk = new Desk();

  @BeforeEach
  void times() { // TH-39
    var wanted = new HashMap<String, Object>(Map.of("reactionMinutes", 60, "alarmMinutes", 240, "completionMinutes", 480));
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(wanted).patch("/api/v1/priorities/{id}", normal()).then()
        .statusCode(200).body("reactionMinutes", equalTo(60)).body("alarmMinutes", equalTo(240)).body("completionMinutes", equalTo(480));
  }

  @Test
  void aNewTicketsClocksRun() {
    var ticket = desk.ticket();

    assertThat(states(ticket)).isEqualTo("running running");
    assertThat(desk.get("/tickets/{id}", ticket).getString("sla.completion.alarmAt")).isNotNull();
    assertThat(found("running")).contains(ticket.toString());
  }

  @Test
  void aReactionThatDoesNotComeIsAnEventAtItsTime() { // TH-36
    var ticket = desk.ticket();

    older(ticket, 61);

    assertThat(events(ticket)).containsExactly("ticket.reaction-breached");
    assertThat(states(ticket)).isEqualTo("breached running");
    assertThat(found("breached")).containsExactly(ticket.toString());
  }

  @Test
  void theAlarmComesBeforeTheCompletionIsLate() { // TH-37, TH-38
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "We look into it.")).statusCode(202);

    older(ticket, 241);
    assertThat(events(ticket)).containsExactly("ticket.completion-warning");
    assertThat(states(ticket)).isEqualTo("met warning");
    assertThat(found("warning")).containsExactly(ticket.toString());

    older(ticket, 481);
    assertThat(events(ticket)).containsExactly("ticket.completion-warning", "ticket.completion-breached");
    assertThat(states(ticket)).isEqualTo("met breached");
  }

  @Test
  void anAnswerInTimeStopsTheReaction() { // TH-36
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "We look into it.")).statusCode(202);

    older(ticket, 100);

    assertThat(events(ticket)).isEmpty();
    assertThat(desk.get("/tickets/{id}", ticket).getString("sla.reaction.state")).isEqualTo("met");
  }

  @Test
  void whileItWaitsForTheCustomerNothingIsLate() {
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "Which boiler is it?", "status", "waiting")).statusCode(202);

    older(ticket, 10_000);

    assertThat(events(ticket)).isEmpty();
    assertThat(states(ticket)).isEqualTo("met paused");
    assertThat(desk.get("/tickets/{id}", ticket).getString("sla.completion.dueAt")).isNull();
    assertThat(found("paused")).containsExactly(ticket.toString());
  }

  @Test
  void whatIsSolvedInTimeIsMet() {
    var ticket = desk.ticket();
    desk.reply(ticket, Map.of("text", "Done.", "status", "solved")).statusCode(202);

    older(ticket, 10_000);

    assertThat(states(ticket)).isEqualTo("met met");
    assertThat(events(ticket)).isEmpty();
  }

  @Test
  void otherTimesAreRightForRunningTicketsToo() {
    var ticket = desk.ticket();
    older(ticket, 30);
    assertThat(events(ticket)).isEmpty();

    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("reactionMinutes", 20)).patch("/api/v1/priorities/{id}", normal()).then().statusCode(200);

    await().atMost(20, SECONDS).untilAsserted(() -> assertThat(events(ticket)).containsExactly("ticket.reaction-breached"));
  }

  @Test
  void clocksGoByTheHoursOfTheCalendar() {
    // Nobody works today or for a year to come, so nothing is late however old it gets.
    var today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
    var calendar = Desk.as(desk.admin).contentType("application/json").body(Map.of("name", "Long holidays", "timeZone", "UTC",
        "hours", Map.of("monday", List.of(Map.of("from", "09:00", "to", "17:00"))),
        "holidays", today.minusDays(30).datesUntil(today.plusDays(365)).map(Object::toString).toList()))
        .post("/api/v1/calendars").then().statusCode(201).extract().<String>path("id");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("calendarId", calendar)).patch("/api/v1/priorities/{id}", normal()).then().statusCode(200);
    var ticket = desk.ticket();

    older(ticket, 10_000);

    assertThat(events(ticket)).isEmpty();
    assertThat(states(ticket)).isEqualTo("running running");
  }

  @Test
  void whoeverLooksSecondFindsNothingToDo() {
    var ticket = desk.ticket();
    older(ticket, 61);

    desk.in(() -> {
      Desk.bean(ClockWatch.class).look(ticket);
      Desk.bean(ClockWatch.class).look(ticket);
      return null;
    });

    assertThat(events(ticket)).containsExactly("ticket.reaction-breached");
  }

  @Test
  void lookingAtClocksIsNoChangeOfTheTicket() {
    var ticket = desk.ticket();
    var before = desk.get("/tickets/{id}", ticket).getInt("version");

    older(ticket, 61);

    assertThat(desk.get("/tickets/{id}", ticket).getInt("version")).isEqualTo(before);
  }

  @Test
  void aWordThatIsNoStateIsRefused() {
    Desk.as(desk.admin).get("/api/v1/tickets?sla=late").then().statusCode(400).body("type", endsWith("/problems/invalid-request")).body("errors[0].pointer", equalTo("sla"));
  }

  private UUID normal() {
    return desk.in(() -> Desk.bean(dev.posthorn.sla.Priorities.class).defaultId());
  }

  /// Makes it so many minutes old in all, everything that happened to it included, and waits until its clocks were looked at.
  private void older(UUID ticket, int minutes) {
    desk.in(() -> Desk.bean(EntityManager.class).createNativeQuery("""
        update ticket set created_at = now() - make_interval(mins => :minutes), clock_at = now(),
          reacted_at = case when reacted_at is null then null else now() - make_interval(mins => :minutes) end,
          ended_at = case when ended_at is null then null else now() - make_interval(mins => :minutes) end,
          pauses = (select coalesce(jsonb_agg(p || jsonb_build_object('from', extract(epoch from now() - make_interval(mins => :minutes)))), '[]')
                    from jsonb_array_elements(pauses) p)
        where id = :id""")
        .setParameter("minutes", minutes).setParameter("id", ticket).executeUpdate());
    await().atMost(20, SECONDS).until(() -> desk.in(() -> {
      var next = Desk.bean(Tickets.class).findById(ticket).clockAt;
      return next == null || next.isAfter(java.time.Instant.now());
    }));
  }

  private String states(UUID ticket) {
    var view = desk.get("/tickets/{id}", ticket);
    return view.getString("sla.reaction.state") + " " + view.getString("sla.completion.state");
  }

  private List<String> found(String state) {
    return desk.get("/tickets?sla=" + state).getList("items.id");
  }

  private List<String> events(UUID ticket) {
    return desk.get("/tickets/{id}/timeline", ticket).<Map<String, Object>>getList("items").stream()
        .filter(item -> item.get("kind").equals("event")).map(item -> (String) ((Map<?, ?>) item.get("event")).get("kind"))
        .filter(kind -> kind.contains("-breached") || kind.contains("-warning")).toList();
  }
}
