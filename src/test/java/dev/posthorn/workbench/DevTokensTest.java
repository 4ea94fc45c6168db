package dev.posthorn.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

class DevTokensTest {
  private final DevTokens tokens = new DevTokens();

  @Test
  void anIdentityTokenIsBelievedByTheKeysThatArePublished() throws Exception {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    var token = tokens.identity("http://localhost:8080/dev/provider", "posthorn", "anna@acme.example", "Anna", "nonce", now);

    var claims = new JwtConsumerBuilder().setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(tokens.published()).getJsonWebKeys()))
        .setExpectedAudience("posthorn").setExpectedIssuer("http://localhost:8080/dev/provider").setRequireExpirationTime()
        .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli())).build().processToClaims(token);
    assertThat(claims.getSubject()).isEqualTo("anna@acme.example");
    assertThat(claims.getStringClaimValue("nonce")).isEqualTo("nonce");
  }

  @Test
  void theKeyThatSignsStaysHere() {
    assertThat(tokens.published()).contains("\"n\"").doesNotContain("\"d\"", "\"p\"");
  }

  @Test
  void theChallengeIsThatOfTheStandard() {
    // RFC 7636, appendix B.
    assertThat(DevTokens.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }
}
