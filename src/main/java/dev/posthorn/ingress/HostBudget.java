package dev.posthorn.ingress;

import dev.posthorn.channel.HostLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How many lines this process has to each host, and how fast it opens them (P-39): providers lock out who comes with all
/// mailboxes at once.
final class HostBudget {
  private final int most;
  private final Duration between;
  private final Clock clock;
  private final Map<String, Host> hosts = new HashMap<>();

  private static final class Host {
    int open;
    Instant next = Instant.MIN;
  }

  /// @param most lines to one host at once
  /// @param between the time between two that are opened
  HostBudget(int most, Duration between, Clock clock) {
    this.most = most;
    this.between = between;
    this.clock = clock;
  }

  /// Takes a place at the host.
  ///
  /// @return how long to wait before the line is opened; nothing where there is no place
  Optional<Duration> enter(String name) {
    return enter(name, HostLimits.NONE);
  }

  /// The same at a host that allows something else than all do.
  synchronized Optional<Duration> enter(String name, HostLimits own) {
    var host = hosts.computeIfAbsent(key(name), _ -> new Host());
    if (host.open >= own.connections().orElse(most)) {
      return Optional.empty();
    }
    var now = clock.instant();
    var turn = host.next.isAfter(now) ? host.next : now;
    host.next = turn.plus(own.betweenConnections().orElse(between));
    host.open++;
    return Optional.of(Duration.between(now, turn));
  }

  /// Gives a place back.
  synchronized void leave(String name) {
    var host = hosts.get(key(name));
    host.open--;
    if (host.open == 0 && clock.instant().isAfter(host.next)) {
      hosts.remove(key(name));
    }
  }

  /// Whether no place is left: then those who only listen make room soon.
  boolean isFull(String name) {
    return isFull(name, HostLimits.NONE);
  }

  synchronized boolean isFull(String name, HostLimits own) {
    var host = hosts.get(key(name));
    return host != null && host.open >= own.connections().orElse(most);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
