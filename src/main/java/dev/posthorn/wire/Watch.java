package dev.posthorn.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Does something when a time is up, unless it was called off before: cuts a line that takes too long, closes one that
/// nobody needs. One thread for any number of lines; what it sets going runs on virtual threads and cannot hold it up.
public final class Watch implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1,
      Thread.ofPlatform().daemon().name("wire-watch").factory());

  /// Nothing runs yet; the thread begins with the first task.
  public Watch() {
    clockwork.setRemoveOnCancelPolicy(true);
  }

  /// Lets the task run after that time; `cancel` calls it off. After [#close()] it never runs: what is on its way while the
  /// application stops goes on with the sockets' own timeouts.
  public Future<?> after(Duration time, Runnable task) {
    try {
      return clockwork.schedule(() -> Thread.startVirtualThread(task), time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /// Begins a time within which everything on the sockets given to it must be done.
  public Deadline deadline(Duration time) {
    return new Deadline(this, time);
  }

  /// Ends the thread; what was waiting is dropped.
  @Override
  public void close() {
    clockwork.shutdownNow();
  }

  /// A time that cuts the socket in use when it is up. Closing it first calls that off.
  public static final class Deadline implements AutoCloseable {

    private final Future<?> alarm;
    private WatchedSocket socket;
    private boolean isOver;

    private Deadline(Watch watch, Duration time) {
      alarm = watch.after(time, this::strike);
    }

    /// From now on this socket is the one to cut; at once, if the time is up already.
    public synchronized void guard(WatchedSocket guarded) {
      socket = guarded;
      if (isOver) {
        guarded.cut();
      }
    }

    private synchronized void strike() {
      isOver = true;
      if (socket != null) {
        socket.cut();
      }
    }

    @Override
    public void close() {
      alarm.cancel(false);
      synchronized (this) {
        socket = null;
      }
    }
  }
}
