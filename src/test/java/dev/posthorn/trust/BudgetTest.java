package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.trust.Budget.Turn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private static Budget fresh() {
    var budget = new Budget();
    budget.begin(NOON);
    return budget;
  }

  private static Turn spend(Budget budget, int minute) {
    return budget.spend(NOON.plusSeconds(60L * minute), 2, HOUR, Duration.ofMinutes(30));
  }

  @Test
  void theOneTooManyOpensIt() {
    var budget = fresh();

    assertThat(spend(budget, 1)).isEqualTo(Turn.SPENT);
    assertThat(spend(budget, 2)).isEqualTo(Turn.SPENT);
    assertThat(spend(budget, 3)).isEqualTo(Turn.OPENED);
    assertThat(budget.isOpen()).isTrue();
  }

  @Test
  void itStaysOpenWhileMailComes() {
    var budget = fresh();
    for (int minute = 1; minute <= 3; minute++) {
      spend(budget, minute);
    }

    for (int minute = 25; minute < 500; minute += 25) {
      assertThat(spend(budget, minute)).isEqualTo(Turn.STILL_OPEN);
    }
  }

  @Test
  void aQuietTimeClosesIt() {
    var budget = fresh();
    for (int minute = 1; minute <= 3; minute++) {
      spend(budget, minute);
    }

    assertThat(spend(budget, 33)).isEqualTo(Turn.CLOSED);
    assertThat(budget.isOpen()).isFalse();
    assertThat(budget.spent).isEqualTo(1);
  }

  @Test
  void aNewWindowBeginsAtNothing() {
    var budget = fresh();
    spend(budget, 58);
    spend(budget, 59);

    assertThat(spend(budget, 60)).isEqualTo(Turn.SPENT);
    assertThat(budget.spent).isEqualTo(1);
  }

  @Test
  void whatIsTakenIsGoneUntilTheWindowIsOver() {
    var budget = fresh();

    assertThat(budget.take(NOON, 1, HOUR)).isTrue();
    assertThat(budget.take(NOON.plusSeconds(3599), 1, HOUR)).isFalse();
    assertThat(budget.take(NOON.plusSeconds(3600), 1, HOUR)).isTrue();
  }

  @Test
  void nothingIsLeftOfNothing() {
    assertThat(fresh().take(NOON, 0, HOUR)).isFalse();
  }
}
