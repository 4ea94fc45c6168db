package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class LoopTest {
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk();
    desk.in(() -> Desk.bean(Teams.class).<Team>findById(desk.lodger.teamId()).autoConfirm = true);
  }

  private List<InboundMail> flood(int count, java.util.function.IntFunction<SampleMail> mail) {
    var ids = IntStream.range(0, count).mapToObj(i -> desk.house.bring(desk.lodger, mail.apply(i).bytes())).toList();
    return ids.stream().map(id -> desk.house.settled(desk.lodger, id)).toList();
  }

  private int tickets() {
    return desk.get("/tickets?count=true").getInt("total");
  }

  @Test
  void aRobotOpensAFewTicketsAndGetsNoAnswers() { // P-28
    var rows = flood(40, i -> desk.from("robot@customer.example").subject("Re: Re: Your case " + i).header("Auto-Submitted", "auto-replied"));

    assertThat(tickets()).isEqualTo(5);
    assertThat(rows).extracting(row -> row.state).containsOnly("ticketed", "threaded");
    assertThat(rows).filteredOn(row -> row.state.equals("threaded")).hasSize(35).extracting(row -> row.reason).containsOnly("loop");
    var kept = rows.stream().filter(row -> row.state.equals("threaded")).findFirst().orElseThrow();
    var why = desk.get("/messages/{id}/explanation", kept.messageId);
    assertThat(why.getUUID("threading.find { it.evidence == 'loop' }.ticketId")).isEqualTo(kept.ticketId);
    assertThat(desk.in(() -> Desk.bean(Outbox.class).count())).isZero();
    assertThat(rows).extracting(row -> row.messageId).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void aRobotThatHidesIsAnsweredAFewTimesAndThenNoMore() { // P-28
    flood(60, i -> desk.from("robot@customer.example").subject("Your case " + i));

    assertThat(tickets()).isEqualTo(20);
    assertThat(desk.in(() -> Desk.bean(Outbox.class).count())).isEqualTo(3);
  }

  @Test
  void aStoppedLoopIsShownAndReset() { // P-28
    var rows = flood(8, _ -> desk.from("robot@customer.example").header("Precedence", "bulk"));
    var last = rows.stream().filter(row -> row.state.equals("threaded")).findFirst().orElseThrow().ticketId;

    var loops = desk.get("/loops?count=true");
    assertThat(loops.getInt("total")).isEqualTo(1);
    assertThat(loops.getMap("items[0]")).containsEntry("address", "robot@customer.example").containsEntry("subject", "it does not work")
        .containsEntry("ticketId", last.toString()).containsEntry("mails", 8);
    var loop = loops.getString("items[0].id");
    assertThat(desk.get("/loops/{id}", loop).getString("id")).isEqualTo(loop);
    assertThat(desk.get("/tickets/{id}/timeline", last).getList("items.event.kind")).contains("loop.opened");

    Desk.as(desk.admin).delete("/api/v1/loops/{id}", loop).then().statusCode(204);

    Desk.as(desk.admin).get("/api/v1/loops/{id}", loop).then().statusCode(404);
    assertThat(desk.arrives(desk.from("robot@customer.example").header("Precedence", "bulk")).state).isEqualTo("ticketed");
    assertThat(desk.get("/tickets/{id}/timeline", last).getList("items.event.kind")).contains("loop.closed");
  }

  @Test
  void othersAreNotStoppedByALoop() { // P-28
    flood(8, _ -> desk.from("robot@customer.example").header("Precedence", "bulk"));

    assertThat(desk.arrives(desk.from("anna@customer.example")).state).isEqualTo("ticketed");
    assertThat(desk.arrives(desk.from("robot@customer.example").subject("Something else")).state).isEqualTo("ticketed");
  }

  @Test
  void aLoopOpensNothingAgain() { // P-28
    var rows = flood(6, _ -> desk.from("robot@customer.example").header("Precedence", "bulk"));
    var ticket = rows.getLast().ticketId;
    desk.patch(ticket, java.util.Map.of("status", "solved")).statusCode(200);

    assertThat(desk.arrives(desk.from("robot@customer.example").header("Precedence", "bulk")).ticketId).isEqualTo(ticket);
    assertThat(desk.get("/tickets/{id}", ticket).getString("status")).isEqualTo("solved");
  }
}
