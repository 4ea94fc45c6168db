package dev.posthorn.trust;

import dev.posthorn.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// A new pair of keys for signatures: RSA of 2,048 bits, which every verifier knows (RFC 8301, section 3.2).
///
/// @param selector under which name the public one is published, new with each pair
/// @param publicKey SubjectPublicKeyInfo in base64
/// @param privateKey PKCS #8 in base64
record SigningKey(String selector, String publicKey, Secret privateKey) {
  static final int BITS = 2048;
  private static final int SELECTOR_BYTES = 4;

  static SigningKey fresh() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      var name = new byte[SELECTOR_BYTES];
      new SecureRandom().nextBytes(name);
      var base64 = Base64.getEncoder();
      return new SigningKey("ph" + HexFormat.of().formatHex(name), base64.encodeToString(pair.getPublic().getEncoded()),
          Secret.of(base64.encodeToString(pair.getPrivate().getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  /// The private key as it was kept.
  static PrivateKey read(Secret kept) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(kept.reveal())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A kept key cannot be read", e);
    }
  }
}
