package dev.posthorn.workbench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Identity tokens of the development's provider, under a key that lives as long as the process.
final class DevTokens {
  private static final int BITS = 2048;
  private static final int MINUTES = 5;

  private final RsaJsonWebKey key;

  DevTokens() {
    try {
      key = RsaJwkGenerator.generateJwk(BITS);
      key.setKeyId("dev");
      key.setUse("sig");
    } catch (JoseException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  /// As JSON Web Keys.
  String published() {
    return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  String identity(String issuer, String audience, String email, String name, String nonce, Instant now) {
    var claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setSubject(email);
    claims.setClaim("email", email);
    claims.setClaim("email_verified", true);
    claims.setClaim("name", name);
    claims.setClaim("nonce", nonce);
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plusSeconds(MINUTES * 60L).toEpochMilli()));
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /// RFC 7636, section 4.2.
  static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
