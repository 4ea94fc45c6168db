package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Two companies whose confirmations go to each other: the mail system between them carries whatever one sends to the other.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class TwoPosthornsJourneyTest {
  @Inject SmtpListener smtp;

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  /// Carries mail between the two, as the network does; what it carries may lose fields on the way.
  private final class Postman {
    private final Company[] companies;
    private final UnaryOperator<String> way;
    private int carried;

    Postman(UnaryOperator<String> way, Company... companies) {
      this.way = way;
      this.companies = companies;
    }

    /// Until nobody has anything left to send.
    void work() throws IOException {
      for (boolean news = true; news; ) {
        news = false;
        for (var company : companies) {
          awaitQuiet();
          var inbox = CustomerServer.inbox(company.address);
          for (int i = taken(company); i < inbox.size(); i++) {
            deliver(company, inbox.get(i));
            news = true;
          }
        }
      }
    }

    private final Map<String, Integer> takenOf = new java.util.HashMap<>();

    private int taken(Company company) {
      return takenOf.getOrDefault(company.address, 0);
    }

    private void deliver(Company company, byte[] mail) throws IOException {
      takenOf.merge(company.address, 1, Integer::sum);
      carried++;
      // The worst of networks: even the empty return path is lost.
      assertThat(new Customer("postman@network.example").sends(smtp.port(),
          way.apply(new String(mail, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8), company.address)).startsWith("250 ");
    }

    /// Everything that came in is settled, and everything that goes out is sent.
    private void awaitQuiet() {
      for (var company : companies) {
        await().atMost(Duration.ofSeconds(30)).until(() -> company.get("/inbound-mails?state=pending").getList("items").isEmpty());
        for (var ticket : company.get("/tickets?limit=200").getList("items.id", String.class)) {
          await().atMost(Duration.ofSeconds(30)).until(() -> company.get("/tickets/" + ticket + "/messages?limit=200")
              .getList("items.findAll { it.direction == 'outbound' }.delivery.state"), everyItem(equalTo("sent")));
        }
      }
    }
  }

  private Company confirming() {
    var company = Company.founded(operator);
    company.asAdmin().contentType("application/merge-patch+json").body(Map.of("autoConfirm", true)).patch("/api/v1/teams/" + company.team)
        .then().statusCode(200);
    return company;
  }

  private Postman loop(UnaryOperator<String> way) throws IOException {
    var one = confirming();
    var other = confirming();
    // What starts it: a mail to the one in the name of the other.
    new Customer(other.address).sends(smtp.port(), SampleMail.from(other.address).to(one.address).subject("Hello").bytes(), one.address);
    one.tickets(1);
    var postman = new Postman(way, one, other);
    postman.work();
    assertThat(one.get("/tickets?count=true").getInt("total")).isLessThanOrEqualTo(4);
    assertThat(other.get("/tickets?count=true").getInt("total")).isLessThanOrEqualTo(4);
    return postman;
  }

  @Test
  void twoPosthornsThatAnswerEachOtherStopAfterTwoMails() throws IOException { // P-28, OD-27
    assertThat(loop(UnaryOperator.identity()).carried).isBetween(1, 2);
  }

  @Test
  void theyStopAlsoWhereTheNetworkLosesTheSignsOfAutomaticMail() throws IOException { // P-28
    var postman = loop(mail -> mail.replaceAll("(?im)^(?:Auto-Submitted|X-Auto-Response-Suppress|Return-Path):.*\r\n", ""));

    assertThat(postman.carried).isEqualTo(2);
  }

  @Test
  void theyStopAlsoWhereNothingTellsWhatIsAnswered() throws IOException { // P-28
    var postman = loop(mail -> mail.replaceAll("(?im)^(?:Auto-Submitted|X-Auto-Response-Suppress|Return-Path|In-Reply-To|References|Reply-To):.*\r\n", ""));

    assertThat(postman.carried).isBetween(3, 6);
  }
}
