package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import dev.posthorn.wire.Watch;

/// The lines to one server: never more than allowed, and one that is still good is used again.
///
/// Whoever got a permit by [#enter] takes a line with [#take], gives it back with [#giveBack] and leaves with [#leave].
/// Since an idle line is always taken before a new one is opened, lines in use and idle ones together stay in the limit.
final class SmtpLines implements AutoCloseable {

  private record Idle(SmtpLine line, Future<?> end) {
  }

  private final SmtpAccount account;
  private final Watch watch;
  private final Semaphore permits;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  SmtpLines(SmtpAccount account, Watch watch) {
    this.account = account;
    this.watch = watch;
    this.permits = new Semaphore(account.limits().lines());
  }

  /// Waits for a free place; false if there was none in time.
  boolean enter() throws InterruptedException {
    return permits.tryAcquire(account.limits().answer().toMillis(), TimeUnit.MILLISECONDS);
  }

  void leave() {
    permits.release();
  }

  /// A line that answers: one used before, else a new one. Servers hang up on idle lines as they please, so an idle one
  /// is asked first, before a mail is entrusted to it.
  SmtpLine take(Watch.Deadline deadline) throws IOException {
    for (var used = next(); used.isPresent(); used = next()) {
      if (used.get().isAlive(deadline)) {
        return used.get();
      }
      used.get().abandon();
    }
    return SmtpLine.open(account, watch, deadline);
  }

  void giveBack(SmtpLine line) {
    if (!line.isUsable() || !keep(line)) {
      line.hangUp();
    }
  }

  private synchronized boolean keep(SmtpLine line) {
    var time = account.limits().keepIdle();
    if (closed || time.isZero()) {
      return false;
    }
    idle.push(new Idle(line, watch.after(time, () -> drop(line))));
    return true;
  }

  private synchronized Optional<SmtpLine> next() {
    var latest = Optional.ofNullable(idle.poll());
    latest.ifPresent(used -> used.end().cancel(false));
    return latest.map(Idle::line);
  }

  private void drop(SmtpLine line) {
    boolean wasIdle;
    synchronized (this) {
      wasIdle = idle.removeIf(entry -> entry.line() == line);
    }
    if (wasIdle) {
      line.hangUp();
    }
  }

  synchronized int idleLines() {
    return idle.size();
  }

  /// Hangs up on every idle line; those in use end with their mail.
  @Override
  public void close() {
    List<Idle> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(idle);
      idle.clear();
    }
    for (var entry : rest) {
      entry.end().cancel(false);
      entry.line().hangUp();
    }
  }
}
