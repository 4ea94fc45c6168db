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

  /// When an id was made, to the millisecond (RFC 9562, section 5.7).
  public static Instant time(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
