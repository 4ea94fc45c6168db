package dev.posthorn.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /// The service as browsers reach it: its pages may use a session's cookie.
  @WithDefault("http://localhost:8080")
  String publicUrl();

  /// Further origins whose pages may: front ends on other hosts, `https://desk.example`.
  Optional<List<String>> pageOrigins();

  Keys keys();

  /// Requests that one key may make on one node; more are answered 429. The operator's key has the same limit.
  RateLimit rateLimit();

  /// Requests of all keys of one tenant on one node.
  TenantRateLimit tenantRateLimit();

  /// Requests of one address on one node that come without a key, as when somebody signs in, or with a wrong one.
  StrangerRateLimit strangerRateLimit();

  Idempotency idempotency();

  /// A bucket of requests.
  interface RateLimit {
    /// How many requests a minute, evenly refilled.
    @WithDefault("600")
    int perMinute();

    /// How many of them at once.
    @WithDefault("200")
    int burst();
  }

  /// The bucket of a tenant.
  interface TenantRateLimit {
    /// How many requests a minute, evenly refilled.
    @WithDefault("6000")
    int perMinute();

    /// How many of them at once.
    @WithDefault("2000")
    int burst();
  }

  /// The bucket of an address.
  interface StrangerRateLimit {
    /// How many requests a minute, evenly refilled.
    @WithDefault("120")
    int perMinute();

    /// How many of them at once.
    @WithDefault("60")
    int burst();
  }

  /// Keys that tenants issue.
  interface Keys {
    /// How long a secret is good after it was rotated, where nothing else is asked for.
    @WithDefault("24h")
    Duration overlap();

    /// The longest that can be asked for.
    @WithDefault("30d")
    Duration overlapAtMost();

    /// For how long a key that was good is looked up even if its address has guessed too often: others may share the address.
    @WithDefault("1h")
    Duration goodLately();

    /// How exactly the last use is noted.
    @WithDefault("1m")
    Duration useNoted();
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
