package dev.posthorn.connector;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The gate before one mailbox at a provider that counts requests, for everything that this process asks of it: so many requests at once (P-08), and none
/// while the provider wants a pause.
///
/// A pause is as long as the server asks, and no shorter than one that doubles as long as the answer is "too much" again: some
/// answers name no time, some always the same second (P-09). Time is the machine's monotonic one: nobody's clock matters here.
public final class RequestGate {
  private final Semaphore places;
  private final Duration firstPause;
  private final Duration longestPause;
  private long opensAt = System.nanoTime();
  private int refusals;

  /// @param atOnce requests at once
  /// @param firstPause the first of the pauses that double
  /// @param longestPause of these; the server may ask for a longer one
  public RequestGate(int atOnce, Duration firstPause, Duration longestPause) {
    this.places = new Semaphore(atOnce, true);
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /// How long the gate stays closed; nothing where it is open.
  public synchronized Optional<Duration> closedFor() {
    long left = opensAt - System.nanoTime();
    return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
  }

  /// Takes a place, which must be given back.
  public boolean enter(Duration atMost) throws InterruptedException {
    return places.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Gives it back.
  public void leave() {
    places.release();
  }

  /// The server asked for a pause.
  ///
  /// @param asked how long it said, if it did
  /// @return how long the gate is closed now
  public synchronized Duration refused(Optional<Duration> asked) {
    var own = firstPause.multipliedBy(1L << Math.min(refusals, 20));
    var bounded = own.compareTo(longestPause) > 0 ? longestPause : own;
    refusals++;
    // Up to a quarter longer: what was refused together shall not come back together. Never shorter than was asked.
    var spread = Duration.ofMillis((long) (bounded.toMillis() * ThreadLocalRandom.current().nextDouble() / 4));
    var pause = asked.filter(time -> time.compareTo(bounded) > 0).orElse(bounded).plus(spread);
    long until = System.nanoTime() + pause.toNanos();
    if (until - opensAt > 0) {
      opensAt = until;
    }
    return pause;
  }

  /// A request went well.
  public synchronized void served() {
    refusals = 0;
  }
}
