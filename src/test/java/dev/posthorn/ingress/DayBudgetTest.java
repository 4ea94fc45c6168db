package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.channel.HostLimits;
import dev.posthorn.channel.MailboxLines.Spent;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DayBudgetTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final HostLimits LIMITS = new HostLimits(Optional.empty(), Optional.empty(), 1000, 80);

  @Test
  void mailThatWasThereBeforeStopsEarlierThanFreshMail() { // P-39
    var budget = new DayBudget(LIMITS, new Spent(TODAY, 700));

    assertThat(budget.isSpentForBacklog(TODAY)).isFalse();
    assertThat(budget.spend(TODAY, 100)).isEqualTo(new Spent(TODAY, 800));
    assertThat(budget.isSpentForBacklog(TODAY)).isTrue();
    assertThat(budget.isSpent(TODAY)).isFalse();
    budget.spend(TODAY, 200);
    assertThat(budget.isSpent(TODAY)).isTrue();
  }

  @Test
  void anotherDayBeginsAnew() {
    var budget = new DayBudget(LIMITS, new Spent(TODAY.minusDays(1), 5000));

    assertThat(budget.isSpent(TODAY)).isFalse();
    assertThat(budget.spend(TODAY, 10)).isEqualTo(new Spent(TODAY, 10));
    assertThat(budget.isSpent(TODAY.plusDays(1))).isFalse();
  }

  @Test
  void withoutALimitThereIsNone() {
    assertThat(new DayBudget(HostLimits.NONE, new Spent(TODAY, Long.MAX_VALUE)).isSpent(TODAY)).isFalse();
    assertThat(new DayBudget(HostLimits.NONE, new Spent(TODAY, Long.MAX_VALUE)).isSpentForBacklog(TODAY)).isFalse();
  }
}
