package dev.posthorn.channel;

import java.time.Duration;
import java.util.Optional;

/// What the host of a mailbox allows.
///
/// @param connections to it at once, where it is not what all hosts are allowed
/// @param betweenConnections the time between two that are opened, likewise
/// @param bytesPerDay of one mailbox; 0 for as many as there are
/// @param backlogPercent of them for mail that was there before
public record HostLimits(Optional<Integer> connections, Optional<Duration> betweenConnections, long bytesPerDay, int backlogPercent) {
  /// Nothing but what all are allowed, and as much as there is.
  public static final HostLimits NONE = new HostLimits(Optional.empty(), Optional.empty(), 0, 100);
}
