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
import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.real.PgBouncer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole application behind PgBouncer in transaction mode: two tenants at once on fewer connections than the application believes
/// to have, so that each transaction runs on whichever is free. Skipped where PgBouncer is not installed, see docs/real-servers.md.
@Tag("packaged")
class PooledJourneyTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int MAILS = 60;
  private static final String OF = "where tenant_id = (select id from tenant where slug = ?)";

  private static Rows rows;
  private static GreenMail relay;
  private static PgBouncer pooler;
  private static Node node;

  @BeforeAll
  static void start() {
    pooler = PgBouncer.start();
    rows = Rows.fresh("pooled");
    relay = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    relay.start();
    node = Node.plan("pooled", relay.getSmtp().getPort())
        .set("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/pooled")
        .set("quarkus.datasource.jdbc.additional-jdbc-properties.prepareThreshold", "0")
        .set("quarkus.flyway.jdbc-url", "jdbc:postgresql://127.0.0.1:" + TestDatabase.port() + "/pooled")
        .start("pooled");
  }

  @AfterAll
  static void end() {
    if (pooler != null) {
      node.close();
      relay.stop();
      pooler.close();
    }
  }

  private static byte[] mail(Office office, int number) {
    return SampleMail.from("anna" + number + "@customer.example").to(office.address()).subject("Mail " + number + " for " + office.address())
        .id("mail-" + number + "-" + office.address()).bytes();
  }

  @Test
  void tenantsStayApartOnConnectionsThatEverybodyShares() throws Exception {
    var offices = List.of(Office.found(node, "pooled-one"), Office.found(node, "pooled-two"));
    try (var threads = Executors.newFixedThreadPool(12)) {
      var sending = new ArrayList<Future<Integer>>();
      for (int number = 0; number < MAILS; number++) {
        int one = number;
        offices.forEach(office -> sending.add(threads.submit(() -> Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail(office, one)))));
      }
      for (var sent : sending) {
        assertThat(sent.get()).isEqualTo(250);
      }
    }
    await().atMost(LIMIT).until(() -> rows.number("select count(*) from inbound_mail where state = 'pending'") == 0);

    for (var slug : List.of("pooled-one", "pooled-two")) {
      assertThat(rows.words("select distinct state from inbound_mail " + OF, slug)).containsExactly("ticketed");
      assertThat(rows.number("select count(*) from ticket " + OF, slug)).isEqualTo(MAILS);
      assertThat(rows.number("select count(*) from contact " + OF, slug)).isEqualTo(MAILS);
    }
    assertThat(rows.number("select count(*) from message m join ticket t on t.id = m.ticket_id where t.tenant_id <> m.tenant_id")).isZero();
    assertThat(rows.number("select count(*) from pg_stat_activity where usename = 'posthorn_app' and datname = 'pooled'"))
        .as("connections of the pooler").isBetween(1L, (long) PgBouncer.CONNECTIONS);
    answers(offices);
  }

  private static void answers(List<Office> offices) {
    for (int number = 0; number < offices.size(); number++) {
      var ticket = rows.words("select id from ticket " + OF + " order by number limit 1", number == 0 ? "pooled-one" : "pooled-two").getFirst();

      assertThat(offices.get(number).reply(node, ticket, "Hello", "key-" + number).status()).isEqualTo(202);
      assertThat(offices.get(1 - number).reply(node, ticket, "Hello", "foreign-" + number).status()).isEqualTo(404);
    }
    await().atMost(LIMIT).until(() -> rows.number("select count(*) from outbound_mail where state = 'sent'") == offices.size());
  }
}
