package dev.posthorn.connector.imap;

import java.util.Optional;

/// How far a folder was read.
///
/// Two ways forward: fresh mails from `next` on, and, while there is one, the backlog of those that were there before, from
/// `backlogFrom` up to but not including `backlogTo`. Fresh mail always goes first.
///
/// @param validity the folder's UIDVALIDITY: with another one all these numbers mean nothing (RFC 3501, section 2.3.1.1)
/// @param next no fresh mail has a UID below it
/// @param backlogFrom equal to `backlogTo` where there is no backlog
record ImapCursor(long validity, long next, long backlogFrom, long backlogTo) {
  private static final String VERSION = "1";
  private static final int PARTS = 5;

  /// Everything that is in the folder now is backlog; whatever comes is fresh.
  static ImapCursor begin(long validity, long next) {
    return new ImapCursor(validity, next, 1, next);
  }

  /// What is in the folder now was read, or is not wanted.
  static ImapCursor atEnd(long validity, long next) {
    return new ImapCursor(validity, next, next, next);
  }

  /// Nothing for a text that is none of ours.
  static Optional<ImapCursor> read(String text) {
    var parts = text.split(" ");
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ImapCursor(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean hasBacklog() {
    return backlogFrom < backlogTo;
  }

  /// All fresh mails up to this one are read.
  ImapCursor freshReadTo(long uid) {
    return new ImapCursor(validity, Math.max(next, uid + 1), backlogFrom, backlogTo);
  }

  /// All of the backlog up to this one is read.
  ImapCursor backlogReadTo(long uid) {
    return new ImapCursor(validity, next, Math.min(uid + 1, backlogTo), backlogTo);
  }

  ImapCursor withoutBacklog() {
    return new ImapCursor(validity, next, backlogTo, backlogTo);
  }

  String text() {
    return VERSION + " " + validity + " " + next + " " + backlogFrom + " " + backlogTo;
  }
}
