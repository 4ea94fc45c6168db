package dev.posthorn.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/// Where ids are made: UUIDv7 (RFC 9562, section 5.7), so that rows written together lie together and sort by age.
public final class Ids {
  private Ids() {}

  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }
}
