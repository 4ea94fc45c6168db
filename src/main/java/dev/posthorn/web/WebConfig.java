package dev.posthorn.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of the HTTP manners.
@ConfigMapping(prefix = "posthorn.web")
public interface WebConfig {
  /// How many bytes of JSON a request may have; more is answered 413. Mails and uploads have limits of their own.
  @WithDefault("1048576")
  long maxJsonBytes();

  /// How long a node remembers a key that it has looked up. A key deleted through this node, by itself or with its
  /// agent or tenant, is refused at once; one deleted through another node works here for so long at most.
  @WithDefault("10s")
  Duration keyCacheTtl();

  /// How long a client may go on sending a body after it was answered, before the connection is closed.
  @WithDefault("5s")
  Duration unreadBodyPatience();

  RateLimit rateLimit();

  Idempotency idempotency();

  /// Requests that one key may make on one node; more are answered 429. The operator's key has the same limit.
  interface RateLimit {
    /// How many requests a minute, evenly refilled.
    @WithDefault("600")
    int perMinute();

    /// How many of them at once.
    @WithDefault("200")
    int burst();
  }

  /// Answers that are kept for requests with an `Idempotency-Key`.
  interface Idempotency {
    /// For how long the same key gives the same answer.
    @WithDefault("24h")
    Duration keep();

    /// How many characters a key may have.
    @WithDefault("255")
    int maxKeyLength();
  }
}
