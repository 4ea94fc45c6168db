package dev.posthorn.mail;

import java.util.Objects;

/// One header field.
///
/// @param name  as written, `Subject`; compare without regard to case
/// @param value unfolded and decoded (RFC 2047), on one line
public record Header(String name, String value) {

  public Header {
    name = CleanText.line(Objects.requireNonNull(name));
    value = CleanText.line(Objects.requireNonNull(value));
  }

  /// Whether the field has this name.
  public boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  @Override
  public String toString() {
    return "Header[" + name + "]";
  }
}
