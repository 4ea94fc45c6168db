package dev.posthorn.channel;

import dev.posthorn.connector.Encryption;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.web.Restless;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A way out as HTTP shows it.
///
/// @param fromAddress null for the sender of the ticket's team
/// @param displayName null for the display name of the ticket's team
/// @param isDefault whether it answers where nothing else was chosen
/// @param state `connected`; `failing`: the last mail did not leave by it, and is tried again; `needs-reauthorization`: its mailbox lets us in no more
/// @param lastError why it is failing, in the server's words; null while all is well
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
    String lastError,
    AnswersTo answersTo,
    UUID mailboxId,
    MailboxWish.Server smtp,
    String username,
    Instant createdAt,
    Instant updatedAt) implements Restless {
  static OutboundChannelView of(OutboundChannel channel, Tenant tenant, String state) {
    var server = channel.isOwnServer() ? new MailboxWish.Server(channel.host, channel.port, Encryption.of(channel.security)) : null;
    return new OutboundChannelView(channel.id, channel.kind, channel.name, channel.fromAddress, channel.displayName,
        channel.id.equals(tenant.defaultOutboundChannelId), state, channel.lastError, channel.answersTo(), channel.mailboxId, server, channel.username,
        channel.createdAt, channel.updatedAt);
  }

  @Override
  public Object settled() {
    return new OutboundChannelView(id, kind, name, fromAddress, displayName, isDefault, null, null, answersTo, mailboxId, smtp, username, createdAt, updatedAt);
  }

  /// The same as a change that changes nothing.
  OutboundWish.Change unchanged() {
    return new OutboundWish.Change(name, fromAddress, displayName, isDefault, answersTo, smtp, username, null);
  }
}
