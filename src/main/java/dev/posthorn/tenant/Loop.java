package dev.posthorn.tenant;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// A worker's loop on a virtual thread: runs its round at once when woken, else at every interval, again at once while the
/// round says there may be more. A round that fails is logged and tried again at the next interval, whatever it failed of:
/// a worker that ends silently would be found out days later.
public final class Loop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  /// The observer priority at which loops start: after every check of the configuration and after the doors are open, so
  /// that a start that is refused leaves nothing running behind it.
  public static final int START = 4_500;

  /// One look for work.
  public interface Round {
    /// @return whether there may be more to do at once
    boolean run() throws Exception;
  }

  private final Semaphore woken = new Semaphore(0);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Duration interval;
  private final Round round;
  private final Thread thread;
  private boolean failing;

  private Loop(String name, Duration interval, Round round) {
    this.interval = interval;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public static Loop start(String name, Duration interval, Round round) {
    var loop = new Loop(name, interval, round);
    loop.thread.start();
    return loop;
  }

  /// There is work: do not wait for the interval.
  public void wake() {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  private void run() {
    boolean more = true;
    while (!stopping.get()) {
      try {
        if (!more && woken.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
        }
        more = !stopping.get() && round.run();
        recovered();
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        more = false;
        failed(e);
      }
    }
  }

  /// The whole trace once, then a line each: an outage of the database is long, and the log is read by people.
  private void failed(Throwable why) {
    if (failing) {
      LOG.errorf("A round of %s failed again (%s); the next one is in %s", thread.getName(), why.getClass().getSimpleName(), interval);
    } else {
      LOG.errorf(why, "A round of %s failed; the next one is in %s", thread.getName(), interval);
    }
    failing = true;
  }

  private void recovered() {
    if (failing) {
      LOG.infof("%s works again", thread.getName());
    }
    failing = false;
  }

  /// Lets the running round end, and waits for it.
  @Override
  public void close() {
    stopping.set(true);
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
