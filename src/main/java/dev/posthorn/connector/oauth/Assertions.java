package dev.posthorn.connector.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.X509Util;
import org.jose4j.lang.JoseException;

/// Signed words by which we prove who we are (RFC 7523).
final class Assertions {
  private Assertions() {}

  /// The application says that it is itself, by its certificate: PS256, and `x5t#S256` names the certificate. It is good from
  /// before to after now by the skew that clocks may have: a machine whose clock is off is let in all the same.
  static String ofApplication(String clientId, String tokenUrl, Instant now, Duration skew, String tokenId, Path certificate, Path key) {
    try {
      var claims = new JwtClaims();
      claims.setIssuer(clientId);
      claims.setSubject(clientId);
      claims.setAudience(tokenUrl);
      claims.setJwtId(tokenId);
      claims.setNotBefore(NumericDate.fromSeconds(now.minus(skew).getEpochSecond()));
      claims.setIssuedAt(NumericDate.fromSeconds(now.minus(skew).getEpochSecond()));
      claims.setExpirationTime(NumericDate.fromSeconds(now.plus(skew).getEpochSecond()));
      var token = new JsonWebSignature();
      token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
      token.setHeader("typ", "JWT");
      token.setHeader("x5t#S256", X509Util.x5tS256(certificate(certificate)));
      token.setKey(privateKey(Files.readString(key)));
      token.setPayload(claims.toJson());
      return token.getCompactSerialization();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException | GeneralSecurityException e) {
      throw new IllegalStateException("The certificate or its key cannot be used: " + e.getMessage(), e);
    }
  }

  /// A service account of Google asks for a token as somebody of its domain (domain-wide delegation).
  ///
  /// @param privateKey PEM, PKCS #8
  static String ofServiceAccount(String account, String keyId, String privateKey, Map<String, String> asked, Instant now, Duration skew) {
    try {
      var claims = new JwtClaims();
      claims.setIssuer(account);
      asked.forEach(claims::setStringClaim);
      claims.setIssuedAt(NumericDate.fromSeconds(now.minus(skew).getEpochSecond()));
      claims.setExpirationTime(NumericDate.fromSeconds(now.plus(skew).getEpochSecond()));
      var token = new JsonWebSignature();
      token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
      token.setHeader("typ", "JWT");
      token.setKeyIdHeaderValue(keyId);
      token.setKey(privateKey(privateKey));
      token.setPayload(claims.toJson());
      return token.getCompactSerialization();
    } catch (JoseException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The service account's key cannot be used");
    }
  }

  private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    try (var bytes = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    try {
      var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the private key is not PEM");
    }
  }
}
