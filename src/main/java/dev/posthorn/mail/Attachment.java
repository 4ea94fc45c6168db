package dev.posthorn.mail;

import java.io.InputStream;
import java.util.Optional;

/// A part of a mail that is kept as a file, byte for byte as it was before it was encoded for the way.
///
/// @param name        clean file name, never empty: no path, nothing invisible
/// @param contentType lower-case `type/subtype`; what the sender says, not to be trusted
/// @param inline      whether the mail's HTML shows it by its content id; an unreferenced part is a plain attachment (P-43)
/// @param contentId   without angle brackets (RFC 2392)
/// @param path        place in the mail: `2`, `1.3`; a `/` leads into a part that holds others, an attached mail, a
///                    signed envelope, a winmail.dat, a text with uuencoded files: `3/1.2`
/// @param content     the bytes, readable until the [Mail] is closed
public record Attachment(String name, String contentType, boolean inline, Optional<String> contentId, String path,
             Content content) {

  /// Length in bytes.
  public long size() {
    return content.size();
  }

  /// Hash of the bytes.
  public Sha256 sha256() {
    return content.sha256();
  }

  /// The bytes, any number of times until the mail is closed.
  public InputStream open() {
    return content.open();
  }

  @Override
  public String toString() {
    return "Attachment[" + path + ", " + contentType + ", " + size() + " bytes]";
  }
}
