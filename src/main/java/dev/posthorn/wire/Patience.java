package dev.posthorn.wire;

import java.time.Duration;

/// How long and how much on one line.
///
/// @param connect for the TCP connection, for each address that the host name has
/// @param answer for each read; changed while the line is in use by [WatchedSocket#beginExchange]
/// @param write for each piece to be taken by the network
/// @param octets most octets that the other side may say in one exchange, TLS included
public record Patience(Duration connect, Duration answer, Duration write, long octets) {
  /// Times are whole milliseconds that fit a socket's timeout; everything is positive.
  public Patience {
    for (var time : new Duration[] {connect, answer, write}) {
      if (time.toMillis() < 1 || time.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("times must be between a millisecond and 24 days");
      }
    }
    if (octets < 1) {
      throw new IllegalArgumentException("octets must be positive");
    }
  }
}
