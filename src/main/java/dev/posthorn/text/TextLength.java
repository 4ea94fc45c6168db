package dev.posthorn.text;

/// How long a text is on the air (3GPP TS 23.038, section 6.2, and TS 23.040, section 9.2.3.24.1): in the 7-bit alphabet where all of it
/// is in that, else in UCS-2; a text of several segments gives some room of each to their numbering. Pure.
///
/// @param encoding `gsm-7` or `ucs-2`
/// @param units septets or 16-bit units
/// @param segments messages that it takes, at least 1
public record TextLength(String encoding, int units, int segments) {
  public static final String GSM_7 = "gsm-7";
  public static final String UCS_2 = "ucs-2";

  /// TS 23.038, section 6.2.1, without the escape.
  private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /// TS 23.038, section 6.2.1.1: each takes an escape too.
  private static final String EXTENSION = "\f^{}\\[~]|€";

  private static final int ONE_OF_7_BIT = 160;
  private static final int OF_SEVERAL_7_BIT = 153;
  private static final int ONE_OF_UCS_2 = 70;
  private static final int OF_SEVERAL_UCS_2 = 67;

  public static TextLength of(String text) {
    boolean plain = text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
    return plain ? new TextLength(GSM_7, septets(text), segments(text, true, septets(text) <= ONE_OF_7_BIT ? ONE_OF_7_BIT : OF_SEVERAL_7_BIT))
        : new TextLength(UCS_2, text.length(), segments(text, false, text.length() <= ONE_OF_UCS_2 ? ONE_OF_UCS_2 : OF_SEVERAL_UCS_2));
  }

  private static int septets(String text) {
    return text.length() + (int) text.chars().filter(c -> EXTENSION.indexOf(c) >= 0).count();
  }

  /// A character that takes two units is not cut: it begins the next segment.
  private static int segments(String text, boolean plain, int room) {
    int segments = 1;
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int chars = plain ? 1 : Character.charCount(text.codePointAt(i));
      int units = plain && EXTENSION.indexOf(text.charAt(i)) >= 0 ? 2 : chars;
      if (used + units > room) {
        segments++;
        used = 0;
      }
      used += units;
      i += chars;
    }
    return segments;
  }
}
