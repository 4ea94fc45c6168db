package dev.posthorn.channel;

import dev.posthorn.connector.Encryption;
import dev.posthorn.tenant.Tenant;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A way out as HTTP shows it.
///
/// @param fromAddress null for the sender of the ticket's team
/// @param displayName null for the display name of the ticket's team
/// @param isDefault whether it answers where nothing else was chosen
/// @param state `connected`: it was tried before it was saved, and the service does not run without its relay
/// @param answersTo where answers come in: `team` (a signed address of ours), `address` (its own address) or `signed-address` (its
///     own with a signed detail, where its server knows such addresses)
/// @param mailboxId the mailbox that it belongs to; null for the relay and for a server of one's own
/// @param smtp the server of one's own (OD-17); null for every other kind, as `username`
@Schema(name = "OutboundChannelView")
record OutboundChannelView(
    UUID id,
    String kind,
    String name,
    String fromAddress,
    String displayName,
    boolean isDefault,
    String state,
    AnswersTo answersTo,
    UUID mailboxId,
    MailboxWish.Server smtp,
    String username,
    Instant createdAt,
    Instant updatedAt) {
  static OutboundChannelView of(OutboundChannel channel, Tenant tenant) {
    var server = channel.isOwnServer() ? new MailboxWish.Server(channel.host, channel.port, Encryption.of(channel.security)) : null;
    return new OutboundChannelView(channel.id, channel.kind, channel.name, channel.fromAddress, channel.displayName,
        channel.id.equals(tenant.defaultOutboundChannelId), "connected", channel.answersTo(), channel.mailboxId, server, channel.username,
        channel.createdAt, channel.updatedAt);
  }

  /// The same as a change that changes nothing.
  OutboundWish.Change unchanged() {
    return new OutboundWish.Change(name, fromAddress, displayName, isDefault, answersTo, smtp, username, null);
  }
}
