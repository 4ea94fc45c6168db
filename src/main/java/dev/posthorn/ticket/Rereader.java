package dev.posthorn.ticket;

import dev.posthorn.mail.Classification;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// Reads a mail once more from the bytes that were kept. The room that reads mail comes later in the house, and does it.
public interface Rereader {
  /// Reads outside of any transaction; what was read lives as long as `use` runs.
  ///
  /// @param use hears what the mail says and what kind it is; who sent it was asked when it came
  /// @return empty if there is no such inbound mail
  <T> Optional<T> reread(UUID inboundMailId, BiFunction<Incoming, Classification, T> use);
}
