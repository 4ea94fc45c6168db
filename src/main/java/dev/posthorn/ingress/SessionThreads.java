package dev.posthorn.ingress;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// One virtual thread per session. The library shuts its executor down when all is closed and then waits without end for
/// the last session; here one that is stuck in the house is interrupted, and waited for a bounded time.
final class SessionThreads extends AbstractExecutorService {

  private final ExecutorService threads;
  private final Duration patience;

  SessionThreads(Duration patience) {
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("smtp-", 0).factory());
    this.patience = patience;
  }

  @Override
  public void execute(Runnable session) {
    threads.execute(session);
  }

  @Override
  public void shutdown() {
    threads.shutdownNow();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(Math.min(unit.toNanos(timeout), patience.toNanos()), TimeUnit.NANOSECONDS);
  }
}
