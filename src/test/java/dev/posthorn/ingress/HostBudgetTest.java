package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.HostLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostBudgetTest {
  private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @Test
  void twoHundredMailboxesOfOneHostStayInTheBudget() { // P-39
    var budget = new HostBudget(50, Duration.ofMillis(100), NOW);
    int let = 0;
    for (int mailbox = 0; mailbox < 200; mailbox++) {
      let += budget.enter("imap.gmail.com").isPresent() ? 1 : 0;
    }
    assertThat(let).isEqualTo(50);
    assertThat(budget.isFull("IMAP.gmail.com")).isTrue();
    assertThat(budget.enter("imap.other.example")).isPresent();
  }

  @Test
  void linesAreOpenedOneAfterTheOther() { // P-39
    var budget = new HostBudget(50, Duration.ofMillis(100), NOW);

    assertThat(budget.enter("a")).contains(Duration.ZERO);
    assertThat(budget.enter("a")).contains(Duration.ofMillis(100));
    assertThat(budget.enter("a")).contains(Duration.ofMillis(200));
    assertThat(budget.enter("b")).contains(Duration.ZERO);
  }

  @Test
  void aHostMayAllowLessThanOthers() { // P-39
    var budget = new HostBudget(50, Duration.ofMillis(100), NOW);
    var strict = new HostLimits(Optional.of(1), Optional.of(Duration.ofSeconds(5)), 0, 100);

    assertThat(budget.enter("a", strict)).contains(Duration.ZERO);
    assertThat(budget.enter("a", strict)).isEmpty();
    assertThat(budget.isFull("a", strict)).isTrue();
    budget.leave("a");
    assertThat(budget.enter("a", strict)).contains(Duration.ofSeconds(5));
  }

  @Test
  void aPlaceThatIsGivenBackIsTakenAgain() {
    var budget = new HostBudget(1, Duration.ZERO, NOW);
    budget.enter("a");

    assertThat(budget.enter("a")).isEqualTo(Optional.empty());
    budget.leave("a");
    assertThat(budget.enter("a")).isPresent();
  }
}
