package dev.posthorn.intake;

import dev.posthorn.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Where and how a mail came in.
///
/// @param sourceKey what makes it the same mail within its channel, whenever it comes again: for pushed mail the SHA-256 of
///     its bytes, for fetched mail the provider's immutable id
/// @param envelopeFrom the return path, empty for the null sender (RFC 5321, section 4.5.5)
/// @param backlog whether it was there before anybody connected its mailbox: nobody is written to by itself for it
/// @param conversation what the provider calls its conversation
/// @param envelopeTo the recipient whose channel this is, with its detail (`+…`) if it had one
public record Arrival(
  TenantId tenant,
  UUID channelId,
  String sourceKey,
  String envelopeFrom,
  String envelopeTo,
  String remoteAddress,
  String helo,
  Instant receivedAt,
  boolean backlog,
  Optional<String> conversation) {

  /// A mail that has just come.
  public Arrival(TenantId tenant, UUID channelId, String sourceKey, String envelopeFrom, String envelopeTo, String remoteAddress, String helo,
      Instant receivedAt) {
    this(tenant, channelId, sourceKey, envelopeFrom, envelopeTo, remoteAddress, helo, receivedAt, false, Optional.empty());
  }
}
