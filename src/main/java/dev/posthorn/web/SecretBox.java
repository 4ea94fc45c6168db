package dev.posthorn.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Closes a text under a secret that we do not store, so that what is stored is of use only to whoever shows the secret
/// again: AES-256 in Galois/counter mode (NIST SP 800-38D), its key derived by HKDF (RFC 5869).
final class SecretBox {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  /// @param secret of full entropy: HKDF is no remedy for secrets that people choose
  /// @param purpose another purpose makes another key
  SecretBox(String secret, String purpose) {
    try {
      var derivation = HKDFParameterSpec.ofExtract().addIKM(secret.getBytes(StandardCharsets.UTF_8))
          .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32);
      this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HKDF", e);
    }
  }

  String close(String text) {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    var closed = run(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array());
  }

  String open(String box) {
    var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(box));
    var nonce = new byte[NONCE];
    bytes.get(nonce);
    var closed = new byte[bytes.remaining()];
    bytes.get(closed);
    return new String(run(Cipher.DECRYPT_MODE, nonce, closed), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, byte[] text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A kept text does not open", e);
    }
  }
}
