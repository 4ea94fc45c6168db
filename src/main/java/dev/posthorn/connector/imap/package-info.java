/// Mail comes in from any mailbox that speaks IMAP4rev1 (RFC 3501), and a copy of what was sent goes there.
///
/// [dev.posthorn.connector.imap.ImapSource] is one mailbox's way in; [dev.posthorn.connector.imap.SentShelf] keeps sent copies;
/// [dev.posthorn.connector.imap.ImapCheckup] tries an account step by step. The library speaks the commands, on a line that is
/// opened, bounded and timed by us ([dev.posthorn.connector.imap.ImapLine]).
///
/// Invariants:
///
/// - What is new is decided by UIDVALIDITY and UID (RFC 3501, section 2.3.1.1), never by a flag; looking changes no flag.
/// - Of a mail at most one piece is in memory; the rest is in its spool.
/// - Nothing that a server announces is believed: no size, no count, no length.
/// - One mail that cannot be had does not stop the others.
package dev.posthorn.connector.imap;
