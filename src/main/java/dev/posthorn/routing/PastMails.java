package dev.posthorn.routing;

import java.util.Optional;
import java.util.UUID;

/// Reads mail that was decided about once more, from the bytes that were kept. The room that reads mail comes later in the
/// house, and does it.
public interface PastMails {
  /// What rules may know of it: what it says, read again, and how things stood then. Reads outside of any transaction.
  ///
  /// @return empty if there is no such mail any more
  Optional<Facts> facts(UUID inboundMailId);
}
