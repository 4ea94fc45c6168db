package dev.posthorn.mail;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Which conversation a mail belongs to as Outlook and Exchange see it: the field Thread-Index, base64 of 22 bytes that all
/// mails of the conversation share and 5 more for each answer on the way to this one ([MS-OXOMSG], section 2.2.1.3).
/// A clue like References: whoever has seen a mail can repeat it.
///
/// @param conversation the first 22 bytes, in hexadecimal digits
/// @param answers      how many answers there are between the first mail and this one, itself included; 0 is the first
public record ThreadIndex(String conversation, int answers) {

  private static final int ROOT = 22;
  private static final int ANSWER = 5;
  private static final int MAX_LENGTH = 4_000;

  /// Reads the value of the field.
  ///
  /// @return empty if it is not base64 of at least 22 bytes, of which one is not zero
  public static Optional<ThreadIndex> parse(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes = LenientBase64.decode(value.replaceAll("\\s", ""));
    if (bytes.length < ROOT) {
      return Optional.empty();
    }
    byte[] root = Arrays.copyOf(bytes, ROOT);
    boolean empty = Arrays.equals(root, new byte[ROOT]);
    return empty ? Optional.empty()
        : Optional.of(new ThreadIndex(HexFormat.of().formatHex(root), (bytes.length - ROOT) / ANSWER));
  }

  /// The field's value for an answer to this mail. How long the earlier answers took is not known any more, and nobody reads it.
  public ThreadIndex answer() {
    return new ThreadIndex(conversation, answers + 1);
  }

  /// As the field says it.
  public String value() {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(conversation), ROOT + answers * ANSWER);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Whether the mail answers another one of its conversation.
  public boolean isAnswer() {
    return answers > 0;
  }
}
