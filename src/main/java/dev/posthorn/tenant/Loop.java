package dev.posthorn.tenant;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// A worker's loop on a virtual thread: runs its round at once when woken, else at every interval, again at once while the
/// round says there may be more. A round that fails is logged and tried again at the next interval, whatever it failed of:
/// a worker that ends silently would be found out days later. [Workers] alone starts and stops it.
public final class Loop {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  /// One look for work.
  public interface Round {
    /// @return whether there may be more to do at once
    boolean run() throws Exception;
  }

  private final Semaphore woken = new Semaphore(0);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Duration interval;
  private final Round round;
  private final Runnable after;
  private final Thread thread;
  private boolean failing;

  /// @param name of its thread, `posthorn-` and what it does
  /// @param interval from one look for work to the next, where nobody wakes it
  public Loop(String name, Duration interval, Round round) {
    this(name, interval, round, () -> {});
  }

  /// A loop of which something is left when its last round has ended.
  ///
  /// @param after brings what the rounds began to an end; the process waits for it
  public Loop(String name, Duration interval, Round round, Runnable after) {
    this.interval = interval;
    this.round = round;
    this.after = after;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There is work: do not wait for the interval. Of a loop that does not run, nothing comes of it.
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

  /// Lets the running round end, waits for it, and then for what it left behind.
  void stop() {
    stopping.set(true);
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    after.run();
  }

  @Override
  public String toString() {
    return thread.getName();
  }
}
