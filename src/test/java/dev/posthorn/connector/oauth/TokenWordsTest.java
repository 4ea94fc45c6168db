package dev.posthorn.connector.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.secret.Secret;
import dev.posthorn.simulator.EntraError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenWordsTest {
  private static TokenReply read(EntraError error) {
    return TokenWords.read(error.reply().status(), Optional.empty(), error.reply().text());
  }

  @ParameterizedTest
  @EnumSource(names = {"IDLE", "REVOKED", "NO_CONSENT", "MFA", "MFA_SETUP", "BLOCKED", "DISABLED"})
  void whoeverMustSignInAgainIsToldSo(EntraError error) { // P-07
    assertThat(read(error)).isInstanceOfSatisfying(TokenReply.Refused.class, refused -> {
      assertThat(refused.isDeath()).isTrue();
      assertThat(refused.code()).isEqualTo("AADSTS" + error.code());
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_SECRET", "OLD_SECRET", "WRONG_ASSERTION", "ASSERTION_TIME", "NO_APPLICATION", "NO_DIRECTORY"})
  void whatIsTheOperatorsIsNoFaultOfTheGrant(EntraError error) { // P-07
    assertThat(read(error)).isInstanceOfSatisfying(TokenReply.Refused.class, refused -> assertThat(refused.isDeath()).isFalse());
  }

  @ParameterizedTest
  @EnumSource(names = {"IDLE", "REVOKED", "NO_CONSENT", "WRONG_SECRET", "OLD_SECRET", "MFA", "MFA_SETUP", "BLOCKED", "NO_DIRECTORY", "DISABLED",
      "NO_APPLICATION", "WRONG_ASSERTION", "ASSERTION_TIME"})
  void everyCodeHasARemedyOfItsOwn(EntraError error) {
    assertThat(SignInRemedies.of("AADSTS" + error.code())).isNotEqualTo(SignInRemedies.of("AADSTS1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aThrottledOrBrokenEndpointIsTrouble(int status) { // P-07
    assertThat(TokenWords.read(status, Optional.of("17"), "{\"error\":\"invalid_grant\"}"))
        .isEqualTo(new TokenReply.Trouble("the token endpoint answered " + status + " invalid_grant", Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Sign in to the hotel's network</html>", "[]", "{}", "{\"error\":17}", "null"})
  void anAnswerThatIsNoneIsTrouble(String body) { // P-07
    assertThat(TokenWords.read(400, Optional.empty(), body)).isInstanceOf(TokenReply.Trouble.class);
  }

  @Test
  void numbersForMicrosoftsOwnSupportAreLeftOut() {
    assertThat(read(EntraError.REVOKED)).isInstanceOfSatisfying(TokenReply.Refused.class,
        refused -> assertThat(refused.words()).startsWith("AADSTS50173: ").doesNotContain("Trace ID"));
  }

  @Test
  void aWaitThatIsNoNumberOfSecondsIsNone() {
    assertThat(TokenWords.read(429, Optional.of("Sun, 22 Nov 2026 08:00:00 GMT"), "")).isInstanceOfSatisfying(TokenReply.Trouble.class,
        trouble -> assertThat(trouble.after()).isEmpty());
  }

  @Test
  void repliesHideTokens() {
    var granted = new TokenReply.Granted(Secret.of("at-1"), Duration.ofHours(1), Optional.of(Secret.of("rt-1")),
        Optional.of(Secret.of("id-1")));

    assertThat(granted.toString()).doesNotContain("at-1", "rt-1", "id-1");
  }
}
