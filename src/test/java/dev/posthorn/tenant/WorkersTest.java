package dev.posthorn.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When loops run: from the start to the end of the process, woken or at their interval, and whatever happens to a round.
class WorkersTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final AtomicInteger rounds = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private Workers workers = new Workers(List.of());

  @AfterEach
  void end() {
    letGo.countDown();
    workers.stop();
  }

  @Test
  void loopsBeginWithTheStartAndCarryTheirNames() {
    started(worker(new Loop("posthorn-first", NEVER, this::told)), worker(new Loop("posthorn-second", NEVER, this::told)));

    await().atMost(AT_MOST).until(() -> seen.containsAll(List.of("posthorn-first", "posthorn-second")));
  }

  @Test
  void whoHasNothingToDoHereDoesNothing() {
    started(worker());

    workers.stop(new ShutdownEvent());

    assertThat(seen).isEmpty();
  }

  @Test
  void aStartThatIsRefusedLeavesNothingRunning() {
    Worker broken = () -> {
      throw new IllegalStateException("refused");
    };
    workers = new Workers(List.of(worker(new Loop("posthorn-first", NEVER, this::told)), broken));

    assertThatThrownBy(() -> workers.start(new StartupEvent())).hasMessage("refused");

    // What may have been started would end here, after a round at least.
    workers.stop();
    assertThat(seen).isEmpty();
  }

  @Test
  void aLoopThatIsWokenDoesNotWaitForItsInterval() {
    var loop = new Loop("posthorn-woken", NEVER, () -> {
      rounds.incrementAndGet();
      return false;
    });
    started(worker(loop));
    await().atMost(AT_MOST).until(() -> rounds.get() == 1);

    loop.wake();

    await().atMost(AT_MOST).until(() -> rounds.get() == 2);
  }

  @Test
  void aRoundThatLeftSomethingOverIsFollowedByAnother() {
    started(worker(new Loop("posthorn-more", NEVER, () -> rounds.incrementAndGet() < 5)));

    await().atMost(AT_MOST).until(() -> rounds.get() == 5);
  }

  @Test
  void aRoundThatFailsIsTriedAgainWhateverItFailedOf() {
    started(worker(new Loop("posthorn-failing", Duration.ofMillis(1), () -> {
      if (rounds.incrementAndGet() < 4) {
        throw new StackOverflowError();
      }
      return false;
    })));

    await().atMost(AT_MOST).until(() -> rounds.get() >= 4);
  }

  @Test
  void theEndWaitsForTheRunningRoundAndForWhatItLeft() throws InterruptedException {
    var within = new CountDownLatch(1);
    started(worker(new Loop("posthorn-slow", NEVER, () -> {
      within.countDown();
      letGo.await();
      seen.add("round");
      return true;
    }, () -> seen.add("after"))));
    assertThat(within.await(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();

    var ending = Thread.ofVirtual().start(() -> workers.stop(new ShutdownEvent()));
    await().atMost(AT_MOST).until(() -> Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(ending.getState()));
    assertThat(seen).isEmpty();
    letGo.countDown();

    assertThat(ending.join(AT_MOST)).isTrue();
    assertThat(seen).containsExactly("round", "after");
  }

  @Test
  void aHeartbeatBeatsUntilWhatItIsForHasEnded() {
    var beats = new AtomicInteger();
    var beatsAtTheEnd = new AtomicInteger();
    started(worker(new Loop("posthorn-work", NEVER, () -> false, () -> {
      int before = beats.get();
      await().atMost(AT_MOST).until(() -> beats.get() > before);
      beatsAtTheEnd.set(beats.get());
    }), new Loop("posthorn-heartbeat", Duration.ofMillis(1), () -> {
      beats.incrementAndGet();
      return false;
    })));

    workers.stop(new ShutdownEvent());

    assertThat(beatsAtTheEnd).hasPositiveValue();
  }

  @Test
  void oneWhoIsSlowToEndHoldsUpNobodyElse() {
    started(worker(new Loop("posthorn-slow", NEVER, () -> false, this::untilLetGo)),
        worker(new Loop("posthorn-quick", NEVER, () -> false, letGo::countDown)));

    // The slow one ends only after the quick one has, wherever in the order it stands.
    workers.stop(new ShutdownEvent());

    assertThat(seen).containsExactly("in time");
  }

  @Test
  void troubleAtTheEndLeavesNothingBehindItRunning() {
    started(worker(new Loop("posthorn-broken", NEVER, () -> false, () -> {
      throw new IllegalStateException("broken");
    }), new Loop("posthorn-heartbeat", NEVER, () -> false, () -> seen.add("ended"))));

    workers.stop(new ShutdownEvent());

    assertThat(seen).containsExactly("ended");
  }

  @Test
  void theEndComesOnce() {
    started(worker(new Loop("posthorn-once", NEVER, () -> false, () -> seen.add("ended"))));

    workers.stop(new ShutdownEvent());
    workers.stop();

    assertThat(seen).containsExactly("ended");
  }

  private void started(Worker... all) {
    workers = new Workers(List.of(all));
    workers.start(new StartupEvent());
  }

  private static Worker worker(Loop... loops) {
    return () -> List.of(loops);
  }

  private boolean told() {
    seen.add(Thread.currentThread().getName());
    return false;
  }

  private void untilLetGo() {
    try {
      seen.add(letGo.await(AT_MOST.toSeconds(), TimeUnit.SECONDS) ? "in time" : "too late");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
