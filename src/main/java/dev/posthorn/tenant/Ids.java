package dev.posthorn.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/// Where ids are made: UUIDv7 (RFC 9562, section 5.7), so that rows written together lie together and sort by age.
public final class Ids {
  private Ids() {}

  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /// What is before every id made at this time or later, and after every one made earlier: to find rows by their age.
  public static UUID before(Instant time) {
    return new UUID(Math.clamp(time.toEpochMilli(), 0L, (1L << 48) - 1) << 16, 0);
  }

  /// When an id was made, to the millisecond (RFC 9562, section 5.7).
  public static Instant time(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
