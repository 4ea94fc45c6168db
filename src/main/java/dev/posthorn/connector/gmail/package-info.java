/// Mail comes in from mailboxes of Gmail and Google Workspace and leaves by them, through the Gmail API.
///
/// [dev.posthorn.connector.gmail.GmailSource] is one mailbox's way in, [dev.posthorn.connector.gmail.GmailSender] its way out,
/// [dev.posthorn.connector.gmail.GmailDoor] this process's way to Google. Requests are Google's own client's.
///
/// Invariants:
///
/// - What is new is decided by the history; labels are outputs.
/// - Nothing is asked beyond a user's quota units, nor while Google wants a pause.
/// - A mail is in memory as little as its spool allows, although it comes inside of JSON.
/// - A mail that is listed and is never to be had stops no other, and is recorded.
package dev.posthorn.connector.gmail;
