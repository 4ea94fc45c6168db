package dev.posthorn.mail;

import java.util.Locale;

/// What was wrong with a mail, or too much of it. The mail was read all the same.
public enum Flaw {
  /// It does not begin with a header field: all of it was taken as text.
  NO_HEADER,
  /// From is missing or holds no address.
  NO_FROM,
  /// Header fields were cut or dropped: too long or too many.
  HEADER_CUT,
  /// There are more parts than allowed; those beyond are only in the attached original.
  TOO_MANY_PARTS,
  /// Parts lie deeper inside each other than allowed; what is below is one attachment.
  TOO_DEEP,
  /// Attached mails were too large in sum to list what is inside each; they themselves are attached.
  TOO_MUCH_INSIDE,
  /// A part is larger than allowed; it is only in the attached original.
  PART_TOO_LARGE,
  /// The text was cut; it is attached whole.
  TEXT_CUT,
  /// A charset is not known by that name; it was guessed.
  UNKNOWN_CHARSET,
  /// A part's transfer encoding is damaged; what could be decoded was.
  DAMAGED_ENCODING,
  /// Boundaries are missing or misplaced, or a part's header is broken.
  DAMAGED_STRUCTURE,
  /// The boundary of a multipart begins with the boundary of one around it, which the MIME library can confuse; the
  /// original is attached, in case it did.
  AMBIGUOUS_BOUNDARY,
  /// A part that holds others (winmail.dat, a signed envelope, a compressed one) could not be taken apart to its end;
  /// it is attached as it is.
  DAMAGED_CONTAINER,
  /// Some of it is encrypted (S/MIME, OpenPGP); it is attached as it is.
  ENCRYPTED,
  /// Reading took longer than allowed; what was not reached is only in the attached original.
  OUT_OF_TIME;

  /// As it is shown: `too-many-parts`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
