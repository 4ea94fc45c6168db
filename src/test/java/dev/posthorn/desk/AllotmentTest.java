package dev.posthorn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.desk.Allotment.Available;
import dev.posthorn.desk.Allotment.Match;
import dev.posthorn.desk.Allotment.Waiting;
import dev.posthorn.tenant.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who is offered what.
class AllotmentTest {
  private static final UUID INBOX = Ids.next();
  private static final UUID SALES = Ids.next();
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private static Available agent(int idleMinutes, int room, UUID... queues) {
    return new Available(UUID.randomUUID(), Set.of(queues), room, NINE.minusSeconds(60L * idleMinutes));
  }

  private static Waiting ticket(UUID queue) {
    return new Waiting(Ids.next(), queue);
  }

  private static List<Match> match(List<Available> agents, List<Waiting> tickets) {
    return Allotment.allot(agents, tickets, (_, _) -> false);
  }

  @Test
  void theOldestTicketGoesToWhoHasBeenIdleLongest() {
    var fresh = agent(1, 1, INBOX);
    var idle = agent(30, 1, INBOX);
    var first = ticket(INBOX);
    var second = ticket(INBOX);

    assertThat(match(List.of(fresh, idle), List.of(second, first)))
        .containsExactly(new Match(first, idle.agentId()), new Match(second, fresh.agentId()));
  }

  @Test
  void nobodyGetsMoreThanTheyHaveRoomForAndAllGetOneBeforeAnybodyGetsTwo() {
    var roomy = agent(30, 3, INBOX);
    var narrow = agent(1, 1, INBOX);
    var tickets = Stream.generate(() -> ticket(INBOX)).limit(6).toList();

    assertThat(match(List.of(roomy, narrow), tickets)).extracting(Match::agentId)
        .containsExactly(roomy.agentId(), narrow.agentId(), roomy.agentId(), roomy.agentId());
  }

  @Test
  void onlyWhoWorksOnTheQueueIsOfferedItsTickets() {
    var sales = agent(30, 5, SALES);
    var both = agent(1, 5, SALES, INBOX);
    var ticket = ticket(INBOX);

    assertThat(match(List.of(sales, both), List.of(ticket))).containsExactly(new Match(ticket, both.agentId()));
    assertThat(match(List.of(sales), List.of(ticket))).isEmpty();
  }

  @Test
  void whoWorksOnSeveralQueuesIsOfferedNoMoreThanOthers() {
    var both = agent(30, 2, SALES, INBOX);
    var sales = agent(1, 2, SALES);
    var one = ticket(INBOX);
    var two = ticket(SALES);

    assertThat(match(List.of(both, sales), List.of(one, two))).containsExactly(new Match(one, both.agentId()), new Match(two, sales.agentId()));
  }

  @Test
  void whoWouldNotHaveATicketIsOfferedOthers() {
    var picky = agent(30, 1, INBOX);
    var other = agent(1, 1, INBOX);
    var first = ticket(INBOX);
    var second = ticket(INBOX);

    assertThat(Allotment.allot(List.of(picky, other), List.of(first, second), (agent, ticket) -> agent.equals(picky.agentId()) && ticket.equals(first.id())))
        .containsExactly(new Match(first, other.agentId()), new Match(second, picky.agentId()));
  }

  @Test
  void everyTicketIsOfferedOnceWhateverTheCrowd() {
    var queues = Stream.generate(Ids::next).limit(20).toList();
    var agents = IntStream.range(0, 200).mapToObj(number -> agent(number, 5, queues.get(number % 20), queues.get((number + 1) % 20))).toList();
    var tickets = IntStream.range(0, 10_000).mapToObj(number -> ticket(queues.get(number % 20))).toList();

    var matches = match(agents, tickets);

    assertThat(matches).hasSize(1000);
    assertThat(matches).extracting(match -> match.ticket().id()).doesNotHaveDuplicates();
  }
}
