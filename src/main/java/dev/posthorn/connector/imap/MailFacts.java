package dev.posthorn.connector.imap;

import java.time.Instant;
import java.util.Optional;

/// What the server says of a mail before it is fetched.
///
/// @param size in bytes, a hint only: servers miscount (RFC 3501 calls for the exact number, and many do not obey); 0 if unsaid
/// @param seen whether somebody has marked it as read
/// @param receivedAt when the mailbox got it; nothing where the server says it in no form that can be read
/// @param gmailId Gmail's own id of the mail, the same in every folder and for ever
/// @param gmailThread what Gmail calls its conversation
record MailFacts(long uid, long size, boolean seen, Optional<Instant> receivedAt, Optional<String> gmailId, Optional<String> gmailThread) {}
