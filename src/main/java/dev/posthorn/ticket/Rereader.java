package dev.posthorn.ticket;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Reads a mail once more from the bytes that were kept. The room that reads mail comes later in the house, and does it.
public interface Rereader {
  /// Reads outside of any transaction; what was read lives as long as `use` runs.
  ///
  /// @return empty if there is no such inbound mail
  <T> Optional<T> reread(UUID inboundMailId, Function<Incoming, T> use);
}
