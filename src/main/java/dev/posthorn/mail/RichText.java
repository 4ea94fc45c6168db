package dev.posthorn.mail;

import java.util.Optional;

/// What rich text gives to read.
///
/// @param text plain, LF line ends; "" if `html` is there
/// @param html the HTML that the rich text was made from, if it was ([MS-OXRTFEX])
/// @param formatted whether its looks are lost here: it was neither made from HTML nor from plain text
record RichText(String text, Optional<String> html, boolean formatted) {

  /// Reads rich text; whatever its bytes are, this returns.
  ///
  /// @param codePage label of the charset that it falls back to
  static RichText of(byte[] rtf, String codePage) {
    return new RichTextReader(rtf, codePage).read();
  }

  @Override
  public String toString() {
    return "RichText[" + text.length() + ", html " + html.map(String::length) + "]";
  }
}
