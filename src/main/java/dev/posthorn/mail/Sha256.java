package dev.posthorn.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 (FIPS 180-4) of some bytes: what content is known by.
///
/// @param hex 64 lower-case hexadecimal digits
public record Sha256(String hex) {

  private static final int DIGITS = 64;

  /// @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
  public Sha256 {
    if (hex.length() != DIGITS || !hex.chars().allMatch(Sha256::isDigit)) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  /// From the 32 bytes of a digest, as [#bytes()] gives them. To hash content, see [#digest(byte\[\])].
  ///
  /// @throws IllegalArgumentException if there are not 32 bytes
  public static Sha256 of(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  /// From hexadecimal digits of either case.
  ///
  /// @throws IllegalArgumentException if they are not 64 digits
  public static Sha256 parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /// The hash of this content.
  public static Sha256 digest(byte[] content) {
    return of(newDigest().digest(content));
  }

  /// The 32 bytes; the caller owns the array.
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// The hexadecimal digits.
  @Override
  public String toString() {
    return hex;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
