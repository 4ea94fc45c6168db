package dev.posthorn.audit;

import java.util.UUID;

/// What the verification of a chain found.
///
/// @param checked links that were gone along and are whole
/// @param unsealed records that the chain does not have yet
/// @param head the last link that is whole; null for an empty chain
/// @param firstBad the first place that is not; null where everything is
public record AuditVerification(boolean valid, long checked, long unsealed, Head head, FirstBad firstBad) {
  /// @param hash in hexadecimal digits
  public record Head(long sequence, String hash) {}

  /// @param recordId null where not even the link is there
  /// @param why `record-changed`, `record-missing`, `link-changed`, `link-missing`, `another-chain` or `cut-off`
  public record FirstBad(long sequence, UUID recordId, String why) {}
}
