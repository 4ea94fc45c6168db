package dev.posthorn.contact;

/// A telephone number as people write it, and as it is compared: its digits, after a `+` where it has one (ITU-T E.164 allows
/// fifteen of them).
public final class PhoneNumber {
  /// What people put between the digits.
  public static final String FORM = "\\+?[0-9](?:[ ()./-]{0,3}[0-9]){3,18}";

  /// What a client is told who writes another form.
  public static final String SAID = "must be a telephone number, as in +49 30 1234567";

  private PhoneNumber() {}

  /// @param written in the form of [#FORM]
  public static String normalized(String written) {
    var digits = written.replaceAll("[^0-9]", "");
    return written.startsWith("+") ? "+" + digits : digits;
  }
}
