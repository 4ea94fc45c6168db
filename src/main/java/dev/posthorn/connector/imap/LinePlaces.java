package dev.posthorn.connector.imap;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many lines one account may have at once: providers hang up on whoever opens more, and on the ones before too.
public final class LinePlaces {
  private final int most;
  private final Semaphore free;

  /// @param most lines at once
  public LinePlaces(int most) {
    this.most = most;
    this.free = new Semaphore(most, true);
  }

  /// As many as anybody likes.
  public static LinePlaces unlimited() {
    return new LinePlaces(Integer.MAX_VALUE);
  }

  /// Takes one.
  ///
  /// @return whether one was free in time
  boolean take(Duration atMost) {
    try {
      return free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Gives it back.
  void leave() {
    free.release();
  }

  int most() {
    return most;
  }
}
