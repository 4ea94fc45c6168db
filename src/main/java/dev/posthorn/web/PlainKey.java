package dev.posthorn.web;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A key as its holder has it: `ph_<id>_<secret>`. The id is public and finds the row; the secret is 256 random bits.
///
/// Only SHA-256 of the secret is stored. A slow hash (bcrypt, Argon2) protects secrets that people choose, from being
/// guessed; 256 random bits cannot be guessed however fast the hash is, and the check runs on every request.
record PlainKey(String id, String secret) {
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("ph_([0-9a-f]{" + 2 * ID_BYTES + "})_([0-9a-f]{" + 2 * SECRET_BYTES + "})");
  private static final SecureRandom RANDOM = new SecureRandom();

  static PlainKey random() {
    return new PlainKey(hex(ID_BYTES), hex(SECRET_BYTES));
  }

  static Optional<PlainKey> parse(String text) {
    var match = SHAPE.matcher(text);
    return match.matches() ? Optional.of(new PlainKey(match.group(1), match.group(2))) : Optional.empty();
  }

  /// The same secret under another id.
  PlainKey of(String otherId) {
    return new PlainKey(otherId, secret);
  }

  /// The whole key, to be shown once.
  String text() {
    return "ph_" + id + "_" + secret;
  }

  byte[] hash() {
    return Hash.sha256(secret);
  }

  /// Constant in time: how many leading bytes are right does not show.
  boolean matches(byte[] hash) {
    return MessageDigest.isEqual(hash(), hash);
  }

  private static String hex(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Override
  public String toString() {
    return "ph_" + id + "_(secret)";
  }
}
