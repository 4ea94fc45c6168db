package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Encryption;
import dev.posthorn.web.Restless;
import java.time.Instant;
import java.util.UUID;

/// A mailbox as HTTP shows it.
///
/// @param imap null for `gmail`, as `smtp` and `username`
/// @param state `connected`, `failing` (tried again by itself), `needs-reauthorization` (a new password is needed, or that
///   somebody signs in anew), or `paused`
/// @param lastSuccessAt when it was last read to the end
/// @param lastError why not, in the server's words, since then; null while all is well
/// @param inboundChannelId its way in, mapped to a queue there
/// @param outboundChannelId its way out
record MailboxView(
    UUID id,
    String kind,
    String name,
    String address,
    UUID teamId,
    String username,
    MailboxWish.Server imap,
    MailboxWish.Server smtp,
    String folder,
    boolean processIncoming,
    AfterImport afterImport,
    String moveTo,
    boolean unreadOnly,
    boolean keepSent,
    String sentFolder,
    String state,
    Instant lastSuccessAt,
    String lastError,
    UUID inboundChannelId,
    UUID outboundChannelId,
    Instant createdAt,
    Instant updatedAt) implements Restless {
  static MailboxView of(Mailbox mailbox, MailboxPull pull, UUID inbound, UUID outbound) {
    return new MailboxView(mailbox.id, mailbox.kind, mailbox.name, mailbox.address, mailbox.teamId, mailbox.username,
        server(mailbox.imapHost, mailbox.imapPort, mailbox.imapSecurity), server(mailbox.smtpHost, mailbox.smtpPort, mailbox.smtpSecurity),
        mailbox.folder, mailbox.processIncoming, mailbox.afterImport(), mailbox.moveTo, mailbox.unreadOnly, mailbox.keepSent,
        mailbox.sentFolder, mailbox.processIncoming ? pull.state : MailboxPull.PAUSED, pull.lastSuccessAt, pull.lastError, inbound, outbound,
        mailbox.createdAt, mailbox.updatedAt);
  }

  private static MailboxWish.Server server(String host, Integer port, String security) {
    return host == null ? null : new MailboxWish.Server(host, port, Encryption.of(security));
  }

  /// The same as a change that changes nothing.
  MailboxWish.Change unchanged() {
    return new MailboxWish.Change(name, null, username, null, imap, smtp, folder, processIncoming, afterImport, moveTo, unreadOnly,
        keepSent, sentFolder);
  }

  @Override
  public Object settled() {
    return new MailboxView(id, kind, name, address, teamId, username, imap, smtp, folder, processIncoming, afterImport, moveTo, unreadOnly,
        keepSent, sentFolder, null, null, null, inboundChannelId, outboundChannelId, createdAt, updatedAt);
  }
}
