package dev.posthorn.tenant;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Places for work that is done side by side: at most so many at once, each on a virtual thread of its own, so that who waits for a
/// slow server holds up one place and nobody else. No more is claimed than there are places: what would wait here another node can do.
public final class Places {
  private static final Logger LOG = Logger.getLogger(Places.class);

  private final Semaphore free;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Places(int atMost) {
    free = new Semaphore(atMost);
  }

  /// Takes what is due, at most so much.
  public interface Claiming<T> {
    List<T> claim(int atMost) throws Exception;
  }

  /// Waits for a free place, then claims as much as there are places and begins it. Work that may come again says so
  /// itself when it fails; what it lets out is logged.
  ///
  /// @param patience the longest time to wait
  /// @return whether there may be more
  public <T> boolean fill(Duration patience, Claiming<T> claiming, Consumer<T> work) throws Exception {
    if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    int places = 1 + free.drainPermits();
    var claimed = List.<T>of();
    try {
      claimed = claiming.claim(places);
    } finally {
      free.release(places - claimed.size());
    }
    claimed.forEach(one -> threads.execute(() -> inPlace(one, work)));
    return claimed.size() == places;
  }

  private <T> void inPlace(T one, Consumer<T> work) {
    try {
      work.accept(one);
    } catch (RuntimeException | Error e) {
      LOG.error("A piece of work failed in its place", e);
    } finally {
      free.release();
    }
  }

  /// Begins nothing any more, and waits for what was begun, however long it takes.
  public void end() {
    threads.close();
  }

  /// The same, for so long.
  ///
  /// @return whether all came to an end
  public boolean end(Duration atMost) {
    threads.shutdown();
    try {
      return threads.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Begins nothing any more, and interrupts what was begun.
  public void breakOff() {
    threads.shutdownNow();
  }
}
