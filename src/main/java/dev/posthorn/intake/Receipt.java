package dev.posthorn.intake;

import java.util.UUID;

/// What the sender may be told. Given only after the commit.
public sealed interface Receipt {
  /// Durable now.
  record Stored(UUID id) implements Receipt {}

  /// Durable since earlier: the same mail through the same channel.
  record Duplicate(UUID id) implements Receipt {}

  /// Over `posthorn.intake.max-mail-bytes`; nothing was kept.
  record TooLarge(long limit) implements Receipt {}
}
