package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trouble on the way to a token, and what it makes of the mailbox.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class GrantTroubleTest {
  @Inject MailboxPulls pulls;

  private SignedIn signedIn;

  @BeforeEach
  void connect() {
    signedIn = new SignedIn();
  }

  @AfterEach
  void stop() {
    signedIn.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"REVOKED", "IDLE", "NO_CONSENT", "MFA", "BLOCKED"})
  void aDeadGrantIsSaidAndWhatHelpsToo(String why) { // P-02, P-07
    var error = EntraError.valueOf(why);
    signedIn.providers.entra.end(signedIn.support.oid(), error);

    var dead = (TokenOutcome.NeedsReauthorization) signedIn.node().token();

    assertThat(dead.code()).isEqualTo("AADSTS" + error.code());
    assertThat(dead.remedy()).contains("Sign in again");
    signedIn.tenant.patch("mailboxes/" + signedIn.mailbox, Map.of("processIncoming", true)).statusCode(200);
    signedIn.tenant.get("mailboxes/" + signedIn.mailbox).statusCode(200).body("state", equalTo("needs-reauthorization")).body("lastError", containsString(dead.code()));
    signedIn.tenant.get("mailboxes").statusCode(200).body("items[0].state", equalTo("needs-reauthorization"));
    signedIn.tenant.post("mailboxes/" + signedIn.mailbox + "/diagnosis", Map.of()).statusCode(200)
        .body("find { it.check == 'sign-in.token' }.remedy", containsString("Sign in again"));
  }

  @Test
  void troubleAtTheTokenEndpointLeavesTheMailboxConnected() { // P-07
    signedIn.tokenFault(1, EntraError.UNAVAILABLE.fault());
    assertThat(signedIn.node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    assertThat(signedIn.tenant.in(() -> pulls.findById(signedIn.mailbox).state)).isEqualTo("connected");

    await().until(() -> signedIn.node().token() instanceof TokenOutcome.Granted);
  }

  @Test
  void aThrottledTokenEndpointIsLeftAloneForAsLongAsItSays() { // P-07
    signedIn.tokenFault(1, Fault.throttled("3600"));
    assertThat(signedIn.node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    int asked = signedIn.providers.simulator.calls().size();

    assertThat(signedIn.node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    assertThat(signedIn.providers.simulator.calls()).hasSize(asked);
    signedIn.change(row -> row.notBefore = Instant.now().minusSeconds(1));
    assertThat(signedIn.isGood(signedIn.token())).isTrue();
  }

  @Test
  void aWrongSecretIsTheOperatorsAndNotTheGrants() { // P-07
    signedIn.tokenFault(1, EntraError.OLD_SECRET.fault());

    assertThat(signedIn.node().token()).isInstanceOfSatisfying(TokenOutcome.NotNow.class, trouble ->
        assertThat(trouble.why()).contains("AADSTS7000222", "the application's secret has expired"));
    assertThat(signedIn.tenant.in(() -> pulls.findById(signedIn.mailbox).state)).isEqualTo("connected");
    await().until(() -> signedIn.node().token() instanceof TokenOutcome.Granted);
  }

  @Test
  void troubleIsNobodysWhileTheOldTokenIsGood() {
    signedIn.providers.entra.accessTokenLife(Duration.ofMinutes(2));
    var old = signedIn.token();
    signedIn.tokenFault(1, EntraError.UNAVAILABLE.fault());

    assertThat(signedIn.token().secret()).isEqualTo(old.secret());
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aClockThatIsOffByTenMinutesChangesNothing(long minutes) {
    signedIn.providers.simulator.clock().advance(Duration.ofMinutes(minutes));

    var token = signedIn.token();

    assertThat(signedIn.isGood(token)).isTrue();
    assertThat(token.expiresAt()).isBetween(Instant.now().plus(Duration.ofMinutes(55)), Instant.now().plus(Duration.ofMinutes(61)));
    assertThat(signedIn.token().secret()).isEqualTo(token.secret());
  }
}
