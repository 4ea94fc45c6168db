package dev.posthorn.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// How often one key may be used on this node: a bucket of tokens each, refilled evenly.
@ApplicationScoped
class RateLimit {
  private static final int MAX_KEYS = 100_000;

  private final Bandwidth limit;
  private final Cache<String, Bucket> buckets;

  RateLimit(WebConfig config) {
    var perMinute = config.rateLimit().perMinute();
    var burst = config.rateLimit().burst();
    this.limit = Bandwidth.builder().capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)).build();
    // A bucket that nobody has touched for so long is full: forgetting it gives nothing away.
    var full = Duration.ofMinutes(1).multipliedBy(1 + burst / perMinute);
    this.buckets = Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(full).build();
  }

  /// @throws Refusal 429 where nothing is left
  void spend(String keyId) {
    var bucket = buckets.get(keyId, id -> Bucket.builder().addLimit(limit).build());
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }
}
