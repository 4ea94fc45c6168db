package dev.posthorn.channel;

import java.time.Instant;
import java.util.UUID;

/// A mailbox stands still: nobody could read it for too long. Told once, in the running transaction.
///
/// @param since when it was last read
/// @param why in the server's words, where it said any; else empty
public record MailboxStalled(UUID mailboxId, String name, String address, Instant since, String why) {}
