package dev.posthorn.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/// How often somebody may come on this node: a bucket of tokens each, refilled evenly. One for each key, one for each tenant
/// whatever its keys, and one for each address that comes without a key or with a wrong one.
@ApplicationScoped
public class RateLimit {
  private static final int MAX_REMEMBERED = 100_000;

  private final Buckets keys;
  private final Buckets tenants;
  private final Buckets strangers;

  @Inject
  RateLimit(WebConfig config) {
    this(new Rate(config.rateLimit().perMinute(), config.rateLimit().burst()),
        new Rate(config.tenantRateLimit().perMinute(), config.tenantRateLimit().burst()),
        new Rate(config.strangerRateLimit().perMinute(), config.strangerRateLimit().burst()));
  }

  RateLimit(Rate keys, Rate tenants, Rate strangers) {
    this.keys = new Buckets(keys);
    this.tenants = new Buckets(tenants);
    this.strangers = new Buckets(strangers);
  }

  /// @param perMinute tokens, evenly refilled
  /// @param burst tokens at most
  record Rate(int perMinute, int burst) {}

  /// @throws Refusal 429 where nothing is left
  void spend(KeyHolder holder) {
    keys.spend(holder.keyId());
    if (holder.tenant() != null) {
      tenants.spend(holder.tenant().toString());
    }
  }

  /// Where a request comes from, as the network says it.
  public static String addressOf(HttpServerRequest request) {
    return Optional.ofNullable(request.remoteAddress()).map(SocketAddress::hostAddress).orElse("");
  }

  /// Somebody who has no key, as when signing in, or who showed a wrong one.
  ///
  /// @param address as the network says it
  /// @throws Refusal 429 where nothing is left
  public void spendOfStranger(String address) {
    strangers.spend(Network.of(address));
  }

  /// Whether a stranger may ask anything at all: nothing is spent by asking this.
  ///
  /// @throws Refusal 429 where nothing is left
  public void demandOfStranger(String address) {
    strangers.demand(Network.of(address));
  }

  private static final class Buckets {
    private final Bandwidth limit;
    private final Cache<String, Bucket> buckets;

    Buckets(Rate rate) {
      this.limit = Bandwidth.builder().capacity(rate.burst).refillGreedy(rate.perMinute, Duration.ofMinutes(1)).build();
      // A bucket that nobody has touched for so long is full: forgetting it gives nothing away.
      var full = Duration.ofMinutes(1).multipliedBy(1 + rate.burst / rate.perMinute);
      this.buckets = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterAccess(full).build();
    }

    void spend(String whose) {
      var bucket = buckets.get(whose, id -> Bucket.builder().addLimit(limit).build());
      var probe = bucket.tryConsumeAndReturnRemaining(1);
      if (!probe.isConsumed()) {
        throw Refusal.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
      }
    }

    void demand(String whose) {
      var bucket = buckets.getIfPresent(whose);
      var probe = bucket == null ? null : bucket.estimateAbilityToConsume(1);
      if (probe != null && !probe.canBeConsumed()) {
        throw Refusal.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
      }
    }
  }
}
