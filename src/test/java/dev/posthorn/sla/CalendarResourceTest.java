package dev.posthorn.sla;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class CalendarResourceTest {
  private final FoundedTenant tenant = FoundedTenant.found();

  @Test
  void aCalendarIsMadeReadChangedAndDeleted() {
    var id = tenant.made("calendars", office());

    tenant.get("calendars/" + id).statusCode(200).body("timeZone", equalTo("Europe/Berlin")).body("hours.monday", hasSize(2))
        .body("hours.monday[0].from", equalTo("09:00")).body("holidays", equalTo(List.of("2026-12-25")));
    tenant.patch("calendars/" + id, Map.of("hours", Map.of("saturday", List.of(Map.of("from", "10:00", "to", "24:00"))))).statusCode(200)
        .body("hours.saturday[0].to", equalTo("24:00")).body("hours.monday", hasSize(2));
    tenant.get("calendars").body("items", hasSize(1));
    tenant.delete("calendars/" + id).statusCode(204);
    tenant.get("calendars/" + id).statusCode(404);
  }

  @Test
  void aCalendarThatAPriorityGoesByStays() {
    var id = tenant.made("calendars", office());
    tenant.patch("priorities/" + tenant.first("priorities"), Map.of("calendarId", id)).statusCode(200).body("calendarId", equalTo(id));

    tenant.delete("calendars/" + id).statusCode(409).body("detail", containsString("priority"));
  }

  @Test
  void anAgentReadsAndDoesNotChange() {
    var id = tenant.made("calendars", office());
    var agent = tenant.person(Role.AGENT, "ann");

    agent.call().get("/api/v1/calendars/" + id).then().statusCode(200);
    agent.call().body(office()).post("/api/v1/calendars").then().statusCode(403);
    agent.call().body(Map.of("name", "x")).patch("/api/v1/calendars/" + id).then().statusCode(403);
    agent.call().delete("/api/v1/calendars/" + id).then().statusCode(403);
  }

  @ParameterizedTest
  @CsvSource({"timeZone, Berlin, /timeZone, 400", "timeZone, '+02:00', /timeZone, 400", "name, '', /name, 400"})
  void aFieldThatCannotBeIsNamed(String field, String value, String pointer, int status) {
    var wanted = office();
    wanted.put(field, value);

    tenant.post("calendars", wanted).statusCode(status).body("errors[0].pointer", equalTo(pointer));
  }

  @ParameterizedTest
  @CsvSource({"monday, 9:00, 17:00, 400", "monday, 09:00, 25:00, 400", "monday, 17:00, 09:00, 422", "funday, 09:00, 17:00, 400"})
  void hoursThatCannotBeAreRefused(String day, String from, String to, int status) {
    var wanted = office();
    wanted.put("hours", Map.of(day, List.of(Map.of("from", from, "to", to))));

    tenant.post("calendars", wanted).statusCode(status).body("errors[0].pointer", containsString("/hours"));
  }

  @Test
  void overlappingHoursNoHoursAndDaysThatDoNotExistAreRefused() {
    var overlap = office();
    overlap.put("hours", Map.of("monday", List.of(Map.of("from", "09:00", "to", "12:00"), Map.of("from", "11:00", "to", "17:00"))));
    tenant.post("calendars", overlap).statusCode(422).body("errors[0].detail", containsString("overlap"));

    var none = office();
    none.put("hours", Map.of());
    tenant.post("calendars", none).statusCode(422).body("errors[0].detail", containsString("no working time"));

    var noDay = office();
    noDay.put("holidays", List.of("2026-02-30"));
    tenant.post("calendars", noDay).statusCode(422).body("errors[0].pointer", equalTo("/holidays"));
  }

  @Test
  void aNameIsTakenOnce() {
    tenant.made("calendars", office());

    tenant.post("calendars", office()).statusCode(409).body("errors[0].pointer", equalTo("/name"));
  }

  private static Map<String, Object> office() {
    return new HashMap<>(Map.of("name", "Office", "timeZone", "Europe/Berlin", "holidays", List.of("2026-12-25"),
        "hours", Map.of("monday", List.of(Map.of("from", "09:00", "to", "12:00"), Map.of("from", "13:00", "to", "17:00")))));
  }
}
