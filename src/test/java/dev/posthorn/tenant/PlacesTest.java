package dev.posthorn.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much is claimed and worked on at once.
class PlacesTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Places places = new Places(2);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final AtomicInteger wanted = new AtomicInteger();

  @AfterEach
  void end() {
    letGo.countDown();
    places.end();
  }

  private boolean fill(Duration patience, List<String> due) throws Exception {
    return places.fill(patience, atMost -> {
      wanted.set(atMost);
      return due;
    }, _ -> untilLetGo());
  }

  private void untilLetGo() {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noMoreIsClaimedThanThereArePlaces() throws Exception {
    assertThat(fill(LONG, List.of("one"))).isFalse();
    assertThat(wanted).hasValue(2);

    assertThat(fill(LONG, List.of("two"))).isTrue();
    assertThat(wanted).hasValue(1);
  }

  @Test
  void whereAllAreTakenNothingIsClaimedAndThereMayBeMore() throws Exception {
    fill(LONG, List.of("one", "two"));
    wanted.set(0);

    assertThat(fill(SHORT, List.of("three"))).isTrue();

    assertThat(wanted).hasValue(0);
  }

  @Test
  void aPlaceThatIsFreeAgainIsTaken() throws Exception {
    fill(LONG, List.of("one", "two"));

    letGo.countDown();

    assertThat(fill(LONG, List.of())).isFalse();
    await().until(() -> !fill(LONG, List.of()) && wanted.get() == 2);
  }

  @Test
  void aClaimThatFailsLeavesThePlacesFree() throws Exception {
    assertThatThrownBy(() -> places.fill(LONG, _ -> {
      throw new IOException("down");
    }, _ -> untilLetGo())).isInstanceOf(IOException.class);

    fill(LONG, List.of());
    assertThat(wanted).hasValue(2);
  }

  @Test
  void workThatFailsGivesItsPlaceBack() throws Exception {
    places.fill(LONG, _ -> List.of("one", "two"), _ -> {
      throw new IllegalStateException("failed");
    });

    await().until(() -> !fill(LONG, List.of()) && wanted.get() == 2);
  }

  @Test
  void theEndWaitsNoLongerThanItMay() throws Exception {
    fill(LONG, List.of("one"));

    assertThat(places.end(SHORT)).isFalse();
    letGo.countDown();
    assertThat(places.end(LONG)).isTrue();
  }

  @Test
  void whatIsBrokenOffIsInterrupted() throws Exception {
    fill(LONG, List.of("one"));

    places.breakOff();

    assertThat(places.end(LONG)).isTrue();
  }
}
