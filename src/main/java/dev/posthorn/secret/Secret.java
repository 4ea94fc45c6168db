package dev.posthorn.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A password or token. It never shows itself: whoever needs it asks with [#reveal()], and that call is easy to find.
public final class Secret {

  private static final String HIDDEN = "[secret]";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{2,}+={0,2}+");

  private final String clear;

  private Secret(String clear) {
    this.clear = clear;
  }

  /// Wraps a secret in clear text.
  public static Secret of(String clear) {
    return new Secret(Objects.requireNonNull(clear, "clear"));
  }

  /// The secret itself, for the wire only.
  public String reveal() {
    return clear;
  }

  /// The text without this secret: some servers repeat what they were sent, in clear or, as it travels (RFC 4954
  /// section 4), inside base64.
  public String hideIn(String text) {
    if (clear.isEmpty()) {
      return text;
    }
    return BASE64.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(holdsIt(found.group()) ? HIDDEN : found.group()))
        .replace(clear, HIDDEN);
  }

  private boolean holdsIt(String base64) {
    var whole = base64.substring(0, base64.length() - base64.length() % 4);
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8).contains(clear);
  }

  /// Compares in constant time.
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(
        clear.getBytes(StandardCharsets.UTF_8), secret.clear.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return clear.hashCode();
  }

  /// Never the secret.
  @Override
  public String toString() {
    return HIDDEN;
  }
}
