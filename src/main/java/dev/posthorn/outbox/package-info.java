/// Mail that is to leave, and how far it got. The outbox carries mail, not meaning: it does not know what a ticket is.
///
/// Invariants: the bytes and the Message-ID are final before the first try; a recipient who has the mail is not sent it
/// again; after a doubtful end the mailbox that may have sent it is asked, and only where it has not, the same Message-ID
/// goes out once more; what holds a key to something is sealed while it
/// waits and gone when it has left. Tables: `outbound_mail`, `outbound_recipient`.
package dev.posthorn.outbox;
