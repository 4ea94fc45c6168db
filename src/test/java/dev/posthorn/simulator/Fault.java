package dev.posthorn.simulator;

import java.util.concurrent.CountDownLatch;

/// What goes wrong with a call instead of, or on top of, what the realm would answer.
public sealed interface Fault {
  /// It is answered like this, and the realm never hears of the call.
  record Answer(Reply reply) implements Fault {}

  /// The realm does what was asked, and the line dies before a word of the answer.
  record Silence() implements Fault {}

  /// The realm does what was asked, and the line dies in the middle of the answer.
  record CutOff() implements Fault {}

  /// The realm hears of it only when the latch opens.
  record Held(CountDownLatch until) implements Fault {}

  /// The realm does what was asked, and its answer is kept back until the latch opens.
  record Late(CountDownLatch until) implements Fault {}

  /// An answer of just a status.
  static Fault status(int status) {
    return new Answer(Reply.empty(status));
  }

  /// Too many requests (429), with `Retry-After` in seconds.
  static Fault throttled(String retryAfter) {
    return new Answer(Reply.empty(429).with("Retry-After", retryAfter));
  }
}
