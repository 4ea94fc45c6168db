package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.Sender;
import dev.posthorn.support.crash.CrashAgent;
import dev.posthorn.support.crash.Fuse;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two nodes on one database, started at the same moment on an empty one, and mail for both of them at once.
@Tag("packaged")
class TwoNodesJourneyTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int SINGLES = 150;
  private static final int THREADS = 30;
  private static final int TWINS = 30;
  private static final int REPLIES = 40;
  private static final int SESSIONS = 12;
  private static final int OFFERED = 20;
  private static final int AGENTS = 6;

  private static final Rows ROWS = Rows.fresh("two_nodes");
  private static final GreenMail RELAY = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static Node one;
  private static Node two;

  @BeforeAll
  static void start() {
    RELAY.start();
    one = plan().launch("two-nodes-1");
    two = plan().launch("two-nodes-2");
    one.awaitReady();
    two.awaitReady();
  }

  @AfterAll
  static void end() {
    one.close();
    two.close();
    RELAY.stop();
  }

  @Test
  void mailsToBothAtOnceAreFiledOnceEach() { // P-13
    var office = Office.found(one, "at-once");
    var brought = new ArrayList<List<Brought>>();
    IntStream.range(0, SINGLES).forEach(i -> brought.add(List.of(new Brought(i % 2 == 0 ? one : two, single(office, i)))));
    IntStream.range(0, THREADS).forEach(i -> brought.add(thread(office, i)));
    IntStream.range(0, TWINS).forEach(i -> {
      var twin = SampleMail.from("twin" + i + "@customer.example").to(office.address()).id("twin-" + i + "@customer.example").bytes();
      brought.add(List.of(new Brought(one, twin), new Brought(two, twin)));
    });

    together(brought, mail -> assertThat(send(mail.node(), office, mail.mail())).isEqualTo(250));

    settled("at-once");
    assertThat(ROWS.number("select count(*) from inbound_mail " + OF, "at-once")).isEqualTo(SINGLES + 3 * THREADS + TWINS);
    assertThat(ROWS.words("select distinct state from inbound_mail " + OF, "at-once")).containsExactlyInAnyOrder("ticketed", "threaded");
    assertThat(ROWS.words("select number from ticket " + OF + " order by number", "at-once"))
        .isEqualTo(IntStream.rangeClosed(1, SINGLES + THREADS + TWINS).mapToObj(String::valueOf).toList());
    assertThat(ROWS.words("select message_id from message " + OF + " group by message_id having count(*) <> 1", "at-once")).isEmpty();
    assertThat(ROWS.words("""
        select split_part(message_id, '.', 1) from message %s and message_id like 'thread-%%'
        group by 1 having count(*) <> 3 or count(distinct ticket_id) <> 1""".formatted(OF), "at-once")).as("threads torn apart").isEmpty();
  }

  @Test
  void repliesLeaveOnceWhicheverNodeSendsThem() {
    var office = Office.found(two, "replies");
    send(one, office, single(office, 0));
    settled("replies");
    var ticket = ROWS.words("select id from ticket " + OF, "replies").getFirst();
    var posted = IntStream.range(0, REPLIES).mapToObj(i -> List.of("Answer " + i)).toList();

    together(posted, text -> assertThat(office.reply(text.hashCode() % 2 == 0 ? one : two, ticket, text, text).status()).isEqualTo(202));

    await().atMost(LIMIT).until(() -> ROWS.words("select distinct state from outbound_mail " + OF, "replies"), List.of("sent")::equals);
    var ids = ROWS.words("select '<' || message_id || '>' from outbound_mail " + OF, "replies");
    assertThat(ids).hasSize(REPLIES);
    assertThat(Arrays.stream(RELAY.getReceivedMessages()).map(TwoNodesJourneyTest::messageId).filter(ids::contains)
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()))).hasSize(REPLIES).allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
  }

  @Test
  void aTicketIsOfferedToOneAgentWhicheverNodeGoesRound() { // WX-04, WX-07
    var office = Office.found(one, "offers");
    var queue = office.get(one, "/api/v1/queues").at("/items/0/id").asText();
    assertThat(office.call(one, "PATCH", "/api/v1/queues/" + queue, Map.of("offerTimeoutSeconds", 600)).status()).isEqualTo(200);
    var subjects = IntStream.range(0, OFFERED).mapToObj(i -> List.of("Ticket" + i)).toList();
    together(subjects, subject -> office.post(subject.hashCode() % 2 == 0 ? one : two, "/api/v1/tickets",
        Map.of("subject", subject, "requester", Map.of("email", subject + "@customer.example"))));
    var agents = IntStream.range(0, AGENTS).mapToObj(i -> agent(office, "agent" + i, queue)).toList();

    await().atMost(LIMIT).until(() -> {
      agents.forEach(TwoNodesJourneyTest::takesWhatIsOffered);
      return ROWS.number("select count(*) from ticket " + OF + " and assignee_id is null", "offers") == 0;
    });

    assertThat(ROWS.words("select ticket_id from offer " + OF + " and state = 'accepted' group by 1 having count(*) <> 1", "offers")).isEmpty();
    assertThat(ROWS.number("select count(*) from offer " + OF + " and state = 'accepted'", "offers")).isEqualTo(OFFERED);
  }

  /// Somebody who is there, with a key of their own.
  private static Office agent(Office office, String name, String queue) {
    var id = office.post(one, "/api/v1/agents", Map.of("name", name, "email", name + "@acme.example", "role", "agent", "queueIds", List.of(queue))).get("id").asText();
    var key = office.post(two, "/api/v1/api-keys", Map.of("name", name, "role", "agent", "agentId", id)).get("key").asText();
    assertThat(office.call(two, "PUT", "/api/v1/agents/" + id + "/state", Map.of("state", "available")).status()).isEqualTo(200);
    return new Office(key, "");
  }

  /// At both doors: at the second one it is taken already.
  private static void takesWhatIsOffered(Office agent) {
    for (var offer : agent.get(two, "/api/v1/offers").get("items")) {
      var path = "/api/v1/offers/" + offer.get("id").asText() + "/acceptance";
      assertThat(List.of(agent.send(one, "POST", path).status(), agent.send(two, "POST", path).status())).containsExactly(200, 409);
    }
  }

  @Test
  @Tag("jvm")
  void whatADeadNodeHadClaimedIsFiledByTheOthers() throws IOException { // P-38
    var fuse = Path.of("target", "nodes", "two-nodes-fuse");
    Files.deleteIfExists(fuse);
    var office = Office.found(one, "one-dies");
    var acknowledged = new AtomicInteger();
    try (var victim = plan()
        .jvm(CrashAgent.argument(Path.of("target", "nodes", "two-nodes-agent.jar"), fuse, List.of(FETCH))).start("two-nodes-victim")) {
      var nodes = List.of(victim, one, two);
      var mails = IntStream.range(0, SINGLES).mapToObj(i -> List.of(single(office, i))).toList();

      together(mails, mail -> {
        if (acknowledged.get() >= SINGLES / 3) {
          Files.writeString(fuse, "leaving " + FETCH);
        }
        // As senders do: another of the receiving servers is tried until one has said 250.
        for (int turn = acknowledged.get(); send(nodes.get(turn % nodes.size()), office, mail) != 250; turn++) {
          assertThat(turn).isLessThan(3 * SINGLES);
        }
        acknowledged.incrementAndGet();
      });

      assertThat(victim.awaitEnd()).isEqualTo(Fuse.KILLED);
    } finally {
      Files.deleteIfExists(fuse);
    }
    settled("one-dies");
    assertThat(ROWS.number("select count(*) from inbound_mail " + OF + " and attempts > 1", "one-dies")).as("taken over").isPositive();
    assertThat(ROWS.words("select distinct state from inbound_mail " + OF, "one-dies")).containsExactly("ticketed");
    assertThat(ROWS.words("select number from ticket " + OF + " order by number", "one-dies"))
        .isEqualTo(IntStream.rangeClosed(1, SINGLES).mapToObj(String::valueOf).toList());
    assertThat(ROWS.number("select count(distinct message_id) from message " + OF, "one-dies")).isEqualTo(SINGLES);
  }

  private static final String FETCH = "dev.posthorn.triage.MailReader#fetch";
  private static final String OF = "where tenant_id = (select id from tenant where slug = ?)";

  private record Brought(Node node, byte[] mail) {}

  private static Node.Plan plan() {
    return Node.plan("two_nodes", RELAY.getSmtp().getPort());
  }

  private static byte[] single(Office office, int i) {
    return SampleMail.from("single" + i + "@customer.example").to(office.address()).subject("Single " + i)
        .id("single-" + i + "@customer.example").bytes();
  }

  /// A mail and two answers to it, one of the writer and one of somebody in Cc: whichever is filed first.
  private static List<Brought> thread(Office office, int i) {
    var anna = "anna" + i + "@customer.example";
    var bob = "bob" + i + "@customer.example";
    var root = "thread-" + i + ".root@customer.example";
    return List.of(
        new Brought(one, SampleMail.from(anna).to(office.address()).header("Cc", bob).id(root).bytes()),
        new Brought(two, SampleMail.from(anna).to(office.address()).header("Cc", bob).id("thread-" + i + ".anna@customer.example")
            .header("In-Reply-To", "<" + root + ">").header("References", "<" + root + ">").bytes()),
        new Brought(one, SampleMail.from(bob).to(office.address()).header("Cc", anna).id("thread-" + i + ".bob@customer.example")
            .header("In-Reply-To", "<" + root + ">").header("References", "<" + root + ">").bytes()));
  }

  private static int send(Node node, Office office, byte[] mail) {
    try {
      return Sender.send(node.smtpPort(), "someone@customer.example", office.address(), mail);
    } catch (IOException e) {
      return 0;
    }
  }

  private interface Doing<T> {
    void with(T one) throws IOException;
  }

  /// Does all of them over some sessions; those of one group start at the same instant.
  private static <T> void together(List<List<T>> groups, Doing<T> doing) {
    var sessions = new Semaphore(SESSIONS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var group : groups) {
        sessions.acquire(group.size());
        var start = new Phaser(group.size());
        for (var one : group) {
          running.add(threads.submit(() -> {
            try {
              start.arriveAndAwaitAdvance();
              doing.with(one);
            } finally {
              sessions.release();
            }
            return null;
          }));
        }
      }
      for (var one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static void settled(String slug) {
    await().atMost(LIMIT).until(() -> ROWS.number("select count(*) from inbound_mail " + OF + " and state = 'pending'", slug) == 0);
  }

  private static String messageId(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
