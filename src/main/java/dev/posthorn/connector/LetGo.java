package dev.posthorn.connector;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether a line to a provider's API was let go: once, for good, and nobody pauses on it any longer.
public final class LetGo {
  private final CountDownLatch gone = new CountDownLatch(1);

  public boolean is() {
    return gone.getCount() == 0;
  }

  /// From now on it is. Who pauses hears of it at once.
  public void now() {
    gone.countDown();
  }

  /// Waits.
  ///
  /// @throws ApiTrouble it was let go meanwhile, or the thread is to end
  public void pause(Duration time) throws ApiTrouble {
    try {
      if (gone.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw ApiTrouble.closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiTrouble.closed();
    }
  }
}
