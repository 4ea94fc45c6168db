package dev.posthorn.archive;

import dev.posthorn.mail.Sha256;
import java.time.Instant;
import java.util.UUID;

/// An export or import, and how far it is.
///
/// @param format `posthorn`, `mbox`, `zendesk` or `freshdesk`
/// @param state `pending`, `done`, `failed` or `expired`
/// @param channelId by which imported tickets are said to have come; null for exports
/// @param sha256 of the bytes; null while there are none, or where they are gone
/// @param imported items, or exported tickets
/// @param known items that were here already
/// @param refused items that could not be imported
/// @param detail why it failed; null where it did not
/// @param attempts since it came some way for the last time, this one included
/// @param position of the last item that is done
/// @param inflated bytes of mails that were unpacked for it
/// @param expiresAt until when an export can be fetched; null while there is none
record Archive(UUID id, String kind, String format, String state, UUID channelId, Sha256 sha256, long size, int imported, int known, int refused, String detail,
    int attempts, int position, long inflated, Instant expiresAt, Instant createdAt, Instant updatedAt) {
  static final String EXPORT = "export";
  static final String IMPORT = "import";
  static final String PENDING = "pending";
  static final String DONE = "done";
  static final String FAILED = "failed";
  static final String EXPIRED = "expired";

  boolean isExport() {
    return kind.equals(EXPORT);
  }
}
