package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A mailbox whose provider counts the bytes of a day.
@QuarkusTest
@TestProfile(DayBudgetJourneyTest.FewBytes.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class DayBudgetJourneyTest {
  /// Mails have a little more than a thousand bytes: four are more than a half, and five are more than all.
  public static final class FewBytes implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("posthorn.mailbox.hosts.\"127.0.0.1\".max-bytes-per-day", "5000", "posthorn.mailbox.backlog-percent", "50",
          "posthorn.mailbox.page-mails", "2");
    }
  }

  private static final String SUPPORT = "support@acme.example";

  private final Provider provider = Provider.start().with(SUPPORT);

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @AfterEach
  void stop() {
    provider.close();
  }

  private static byte[] mail(String subject) {
    return SampleMail.from("anna@customer.example").to(SUPPORT).subject(subject).body("x".repeat(70).concat("\n").repeat(12)).bytes();
  }

  @Test
  void oldMailLeavesAShareOfTheDayToWhatComes() { // P-39
    for (int number = 1; number <= 8; number++) {
      provider.arrives(SUPPORT, mail("Old " + number), Date.from(Instant.now().minus(Duration.ofDays(3))));
    }
    var company = Company.founded(operator);
    var mailbox = company.post("/mailboxes", provider.wish(SUPPORT, "historyDays", 30), 201).getString("id");
    company.tickets(4);

    provider.arrives(SUPPORT, mail("Fresh"));
    var view = await().atMost(Duration.ofSeconds(40)).until(() -> company.get("/mailboxes/" + mailbox), one -> one.getString("lastError") != null);

    assertThat(view.getString("lastError")).contains("5000 bytes", "tomorrow");
    assertThat(view.getString("state")).isEqualTo("connected");
    assertThat(company.tickets(5).getList("items.subject")).containsExactlyInAnyOrder("Old 1", "Old 2", "Old 3", "Old 4", "Fresh");
  }
}
