package dev.posthorn.connector.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/// Believes identity tokens (OpenID Connect Core, section 3.1.3.7) of one provider: signature by a key that the provider
/// publishes, audience, nonce and time. The issuer is the caller's to check: at Microsoft each directory has its own.
final class IdentityTokens {
  private final HttpsJwksVerificationKeyResolver keys;
  private final String audience;
  private final OAuthConfig config;
  private final Clock clock;

  IdentityTokens(String keysUrl, String audience, OAuthConfig config, Clock clock) {
    var get = new Get();
    get.setConnectTimeout((int) config.answerTimeout().toMillis());
    get.setReadTimeout((int) config.answerTimeout().toMillis());
    get.setResponseBodySizeLimit(config.keyBytes());
    var published = new HttpsJwks(keysUrl);
    published.setSimpleHttpGet(get);
    this.keys = new HttpsJwksVerificationKeyResolver(published);
    this.audience = audience;
    this.config = config;
    this.clock = clock;
  }

  /// Fetches the provider's keys where they are not known yet.
  ///
  /// @throws NotBelieved where anything is not as it should be
  JwtClaims believe(String token, String nonce) throws NotBelieved {
    var claims = believe(token);
    if (!MessageDigest.isEqual(nonce.getBytes(StandardCharsets.UTF_8), text(claims, "nonce").getBytes(StandardCharsets.UTF_8))) {
      throw new NotBelieved("the identity token was issued for another sign-in");
    }
    return claims;
  }

  /// The same of a token that no sign-in asked for.
  JwtClaims believe(String token) throws NotBelieved {
    var consumer = new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
        .setVerificationKeyResolver(keys)
        .setExpectedAudience(audience)
        .setRequireExpirationTime().setRequireIssuedAt()
        .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
    try {
      return consumer.processToClaims(token);
    } catch (InvalidJwtException e) {
      throw new NotBelieved(why(e));
    }
  }

  private static String why(InvalidJwtException trouble) {
    if (trouble.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || trouble.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return "the identity token is for another application";
    }
    if (trouble.hasExpired() || trouble.hasErrorCode(ErrorCodes.NOT_YET_VALID) || trouble.hasErrorCode(ErrorCodes.EXPIRED)) {
      return "the identity token is of another time";
    }
    return "the identity token's signature could not be verified";
  }

  /// @return the claim; empty where there is none, or it is no text
  static String text(JwtClaims claims, String name) {
    return claims.getClaimValue(name) instanceof String text ? text : "";
  }
}
