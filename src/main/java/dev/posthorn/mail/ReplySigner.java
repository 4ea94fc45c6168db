package dev.posthorn.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs the reply addresses of tickets, so that nobody joins a ticket by guessing its number.
///
/// A token is 16 bytes in base32 (RFC 4648, section 6, lower case, no padding; mail addresses lose their case on the
/// way): key id (1), ticket number (5), and the first 10 bytes of HMAC-SHA-256 (RFC 2104) over tenant, key id and number.
/// The tenant is not in the token: the mailbox that a mail came to says it.
public final class ReplySigner {

  /// Characters of a token.
  public static final int TOKEN_LENGTH = 26;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final byte[] PURPOSE = "posthorn reply address 1".getBytes(StandardCharsets.US_ASCII);
  private static final int TOKEN_BYTES = 16;
  private static final int SIGNED_BYTES = 6;
  private static final long MAX_NUMBER = (1L << 40) - 1;
  private static final int MIN_SECRET = 16;

  private final List<Key> keys;

  /// A secret and the number by which tokens name it.
  ///
  /// @param id     unique among the keys; never used again for another secret
  /// @param secret at least 16 bytes, 32 are better
  public record Key(byte id, byte[] secret) {

    /// @throws IllegalArgumentException if the secret is too short
    public Key {
      if (secret.length < MIN_SECRET) {
        throw new IllegalArgumentException("a reply key has at least " + MIN_SECRET + " bytes");
      }
      secret = secret.clone();
    }

    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  /// @param keys the first one signs, all of them verify, so that keys can be changed while old mails are answered
  /// @throws IllegalArgumentException if there is none, or two with one id
  public ReplySigner(List<Key> keys) {
    this.keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.stream().map(Key::id).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("reply keys: at least one, each with an id of its own");
    }
  }

  /// The token of this ticket: 26 characters of `a` to `z` and `2` to `7`.
  ///
  /// @throws IllegalArgumentException if the number is negative or does not fit five bytes
  public String token(UUID tenantId, long ticketNumber) {
    if (ticketNumber < 0 || ticketNumber > MAX_NUMBER) {
      throw new IllegalArgumentException("a ticket number fits five bytes");
    }
    Key key = keys.getFirst();
    byte[] signed = ByteBuffer.allocate(8).putLong(ticketNumber).array();
    signed = Arrays.copyOfRange(signed, 8 - SIGNED_BYTES, 8);
    signed[0] = key.id();
    byte[] token = Arrays.copyOf(signed, TOKEN_BYTES);
    System.arraycopy(mac(key, tenantId, signed), 0, token, SIGNED_BYTES, TOKEN_BYTES - SIGNED_BYTES);
    return encoded(token);
  }

  /// The ticket number in a token, if this tenant's ticket was really given it. Compares in constant time.
  public OptionalLong verify(UUID tenantId, String token) {
    Optional<byte[]> decoded = decoded(token);
    if (decoded.isEmpty()) {
      return OptionalLong.empty();
    }
    byte[] bytes = decoded.get();
    byte[] signed = Arrays.copyOf(bytes, SIGNED_BYTES);
    for (Key key : keys) {
      if (key.id() == bytes[0] && isMac(mac(key, tenantId, signed), bytes)) {
        return OptionalLong.of(ByteBuffer.wrap(bytes).getLong() << 8 >>> 24);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isMac(byte[] mac, byte[] token) {
    return MessageDigest.isEqual(Arrays.copyOf(mac, TOKEN_BYTES - SIGNED_BYTES),
        Arrays.copyOfRange(token, SIGNED_BYTES, TOKEN_BYTES));
  }

  private static byte[] mac(Key key, UUID tenantId, byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
      mac.update(PURPOSE);
      mac.update(ByteBuffer.allocate(16).putLong(tenantId.getMostSignificantBits())
          .putLong(tenantId.getLeastSignificantBits()).array());
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    StringBuilder out = new StringBuilder(TOKEN_LENGTH);
    int held = 0;
    int bits = 0;
    for (byte b : bytes) {
      held = held << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out.append(ALPHABET.charAt(held >>> bits & 31));
      }
    }
    return out.append(ALPHABET.charAt(held << 5 - bits & 31)).toString();
  }

  /// The bytes; empty if it is no token, also if the two bits that mean nothing are not zero, so that each ticket has
  /// one token and not four.
  private static Optional<byte[]> decoded(String token) {
    if (token.length() != TOKEN_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    int held = 0;
    int bits = 0;
    int filled = 0;
    for (int i = 0; i < TOKEN_LENGTH; i++) {
      char c = token.charAt(i);
      int value = ALPHABET.indexOf(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      if (value < 0) {
        return Optional.empty();
      }
      held = (held << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[filled++] = (byte) (held >>> bits);
      }
    }
    return (held & 3) == 0 ? Optional.of(bytes) : Optional.empty();
  }
}
