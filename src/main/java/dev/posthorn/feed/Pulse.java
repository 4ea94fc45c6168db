package dev.posthorn.feed;

import dev.posthorn.event.Feed;
import dev.posthorn.event.Feed.Place;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes those who listen when their tenant has news: one question for each tenant that is listened to, however many listen.
@ApplicationScoped
class Pulse implements Worker {
  private final Feed feed;
  private final StreamConfig config;
  private final Map<TenantId, Beat> beats = new ConcurrentHashMap<>();
  /// At the first sign that the process is to end, streams end: the server waits for its requests before it stops.
  private final Thread hook = new Thread(this::end, "posthorn-streams-end");
  private volatile boolean ending;

  Pulse(Feed feed, StreamConfig config) {
    this.feed = feed;
    this.config = config;
  }

  /// What is known of one tenant.
  private static final class Beat {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private int listeners;
    private long count;
    private Place last = Place.BEGINNING;
  }

  @Override
  public List<Loop> loops() {
    Runtime.getRuntime().addShutdownHook(hook);
    return List.of(new Loop("posthorn-events", config.pollInterval(), this::round, this::stop));
  }

  private void stop() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  private void end() {
    ending = true;
    beats.values().forEach(Pulse::wake);
  }

  boolean isEnding() {
    return ending;
  }

  /// @return false where too many listen
  boolean join(TenantId tenant) {
    var joined = new boolean[1];
    beats.compute(tenant, (_, known) -> {
      var beat = known == null ? new Beat() : known;
      joined[0] = beat.listeners < config.maxStreams();
      beat.listeners += joined[0] ? 1 : 0;
      return beat;
    });
    return joined[0];
  }

  void leave(TenantId tenant) {
    beats.computeIfPresent(tenant, (_, beat) -> --beat.listeners == 0 ? null : beat);
  }

  /// How often there was news; to be asked before the events are read.
  long count(TenantId tenant) {
    var beat = beats.get(tenant);
    beat.lock.lock();
    try {
      return beat.count;
    } finally {
      beat.lock.unlock();
    }
  }

  /// Waits until there was news after that count.
  ///
  /// @return false if there was none for so long
  boolean await(TenantId tenant, long after, Duration atMost) throws InterruptedException {
    var beat = beats.get(tenant);
    long left = atMost.toNanos();
    beat.lock.lock();
    try {
      while (beat.count == after && !ending && left > 0) {
        left = beat.news.awaitNanos(left);
      }
      return beat.count != after;
    } finally {
      beat.lock.unlock();
    }
  }

  private boolean round() {
    beats.forEach((tenant, beat) -> {
      var end = Tenancy.<Place, RuntimeException>in(tenant, feed::end);
      if (!end.equals(beat.last)) {
        beat.last = end;
        wake(beat);
      }
    });
    return false;
  }

  private static void wake(Beat beat) {
    beat.lock.lock();
    try {
      beat.count++;
      beat.news.signalAll();
    } finally {
      beat.lock.unlock();
    }
  }
}
