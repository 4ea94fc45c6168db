package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;

/// One header field as it came.
///
/// @param name  as written, without the colon
/// @param value everything after the colon, folded
record RawField(String name, byte[] value) {

  boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  /// Unfolded (RFC 5322, section 2.2.3), encoded words still encoded. Raw 8-bit text, RFC 6532 or not, is UTF-8 if it
  /// can be, else Western European.
  String unfolded() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(value.length);
    for (byte b : value) {
      if (b != '\r' && b != '\n') {
        line.write(b);
      }
    }
    return Charsets.guess(line.toByteArray()).strip();
  }

  /// Unfolded and decoded (RFC 2047), on one line.
  String decoded() {
    return CleanText.line(EncodedWords.decode(unfolded()));
  }
}
