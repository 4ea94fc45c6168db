package dev.posthorn.benchmark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Offers on the packaged application: two hundred agents over twenty queues in which ten thousand tickets wait. Says how long it
/// takes until everybody has what they have room for, and how many tickets a minute go through their hands. Asserts nothing about time.
@Tag("benchmark")
class OfferBenchmark {
  private static final int AGENTS = Integer.getInteger("posthorn.benchmark.agents", 200);
  private static final int TICKETS = Integer.getInteger("posthorn.benchmark.tickets", 10_000);
  private static final int QUEUES = 20;
  private static final int ROOM = 5;
  private static final int SECONDS = Integer.getInteger("posthorn.benchmark.seconds", 30);

  @Test
  void twoHundredAgentsAndTenThousandTickets() throws Exception {
    var rows = Rows.fresh("benchmark_offers");
    var plan = Node.plan("benchmark_offers", 1).jvm("-XX:TieredStopAtLevel=4")
        .set("posthorn.web.rate-limit.per-minute", "10000000").set("posthorn.web.rate-limit.burst", "10000000");
    try (var node = plan.start("benchmark-offers")) {
      var office = Office.found(node, "offers");
      var people = people(node, office, queues(node, office));
      waiting(rows);
      long start = System.nanoTime();
      rows.execute("update agent set state = 'available', idle_since = now(); insert into offer_round select id, now() from tenant"
          + " on conflict (tenant_id) do update set due_at = now()");
      int wanted = Math.min(TICKETS, AGENTS * ROOM);
      await().atMost(Duration.ofMinutes(5)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
          .until(() -> rows.number("select count(*) from offer where state = 'pending'") >= wanted);
      long full = (System.nanoTime() - start) / 1_000_000;
      // Half a minute for the compiler: what is measured is a process that has worked for a while.
      work(node, people, new ConcurrentLinkedQueue<>());
      var times = new ConcurrentLinkedQueue<Long>();
      int done = work(node, people, times);
      var sorted = times.stream().sorted().toList();
      System.out.printf(Locale.ROOT, "%nBENCHMARK offers: %d agents, %d tickets in %d queues: %d ms until %d are offered; then %.0f tickets/s accepted and closed"
              + " over %d s; an acceptance takes %d ms in the middle, 95 %% %d ms; offered twice: %d%n%n",
          AGENTS, TICKETS, QUEUES, full, wanted, done / (double) SECONDS, SECONDS, sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 95 / 100),
          rows.number("select count(*) from (select ticket_id from offer where state = 'accepted' group by 1 having count(*) > 1) twice"));
      node.stop();
    }
  }

  private static List<String> queues(Node node, Office office) {
    var queues = new ArrayList<String>();
    for (int number = 0; number < QUEUES; number++) {
      queues.add(office.post(node, "/api/v1/queues", Map.of("name", "Queue " + number, "offerTimeoutSeconds", 3600)).get("id").asText());
    }
    return queues;
  }

  private static List<Office> people(Node node, Office office, List<String> queues) {
    var people = new ArrayList<Office>();
    for (int number = 0; number < AGENTS; number++) {
      var agent = office.post(node, "/api/v1/agents", Map.of("name", "Agent " + number, "email", "a" + number + "@staff.example", "role", "agent",
          "queueIds", List.of(queues.get(number % QUEUES), queues.get((number + 7) % QUEUES)))).get("id").asText();
      people.add(new Office(office.post(node, "/api/v1/api-keys", Map.of("name", "A" + number, "role", "agent", "agentId", agent)).get("key").asText(), ""));
    }
    return people;
  }

  /// Written by plain SQL: how they came is not what is measured.
  private static void waiting(Rows rows) {
    rows.execute("""
        insert into contact (tenant_id, id, name, created_at, updated_at) select id, gen_random_uuid(), 'Anna', now(), now() from tenant;
        insert into ticket (tenant_id, id, number, subject, status, status_kind, priority_id, queue_id, team_id, contact_id, inbound_channel_id,
            last_message_at, unanswered, created_at, updated_at)
        select t.id, cast(lpad(to_hex(n), 12, '0') || '-7000-8000-000000000000' as uuid), n, 'Ticket ' || n, 'new', 'new',
            (select p.id from priority p order by rank limit 1),
            (select q.id from queue q where q.name = 'Queue ' || n %% QUEUES), (select id from team limit 1), (select id from contact limit 1),
            (select id from inbound_channel limit 1), now(), true, now(), now()
        from tenant t, generate_series(1, TICKETS) n;
        analyze ticket""".replace("%% QUEUES", "% " + QUEUES).replace("TICKETS", String.valueOf(TICKETS)));
  }

  /// Everybody takes what they are offered and is done with it at once, twenty at the same time.
  private static int work(Node node, List<Office> people, ConcurrentLinkedQueue<Long> times) {
    var done = new AtomicInteger();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int hand = 0; hand < 20; hand++) {
        var mine = people.subList(people.size() * hand / 20, people.size() * (hand + 1) / 20);
        hands.submit(() -> {
          for (int turn = 0; System.nanoTime() < end; turn++) {
            turn(node, mine.get(turn % mine.size()), times, done);
          }
        });
      }
    }
    return done.get();
  }

  private static void turn(Node node, Office person, ConcurrentLinkedQueue<Long> times, AtomicInteger done) {
    for (JsonNode offer : person.get(node, "/api/v1/offers?limit=1").get("items")) {
      long start = System.nanoTime();
      var answer = person.send(node, "POST", "/api/v1/offers/" + offer.get("id").asText() + "/acceptance");
      times.add((System.nanoTime() - start) / 1_000_000);
      if (answer.status() == 200) {
        person.send(node, "PUT", "/api/v1/tickets/" + offer.get("ticketId").asText() + "/closure");
        done.incrementAndGet();
      }
    }
  }
}
