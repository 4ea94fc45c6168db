package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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
  private static final Duration SOON_OVER = Duration.ofSeconds(5);
  private static final Duration USUAL = Duration.ofHours(1);

  @Inject GrantTokens tokens;
  @Inject MailboxGrants grants;
  @Inject MailboxPulls pulls;

  private SignIns providers;
  private EntraRealm.Person support;
  private FoundedTenant tenant;
  private UUID mailbox;

  @BeforeEach
  void connect() {
    providers = new SignIns();
    support = providers.person(SignIns.ACME, "support@acme.example");
    tenant = FoundedTenant.found();
    // What comes with the sign-in is soon over, so that the first who asks has to refresh.
    providers.entra.accessTokenLife(SOON_OVER);
    mailbox = UUID.fromString(providers.connected(tenant, support));
    providers.entra.accessTokenLife(USUAL);
  }

  @AfterEach
  void stop() {
    providers.close();
    assertThat(providers.simulator.complaints().all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"REVOKED", "IDLE", "NO_CONSENT", "MFA", "BLOCKED"})
  void aDeadGrantIsSaidAndWhatHelpsToo(String why) { // P-02, P-07
    var error = EntraError.valueOf(why);
    providers.entra.end(support.oid(), error);

    var dead = (TokenOutcome.NeedsReauthorization) node().token();

    assertThat(dead.code()).isEqualTo("AADSTS" + error.code());
    assertThat(dead.remedy()).contains("Sign in again");
    tenant.patch("mailboxes/" + mailbox, Map.of("processIncoming", true)).statusCode(200);
    tenant.get("mailboxes/" + mailbox).statusCode(200).body("state", equalTo("needs-reauthorization")).body("lastError", containsString(dead.code()));
    tenant.get("mailboxes").statusCode(200).body("items[0].state", equalTo("needs-reauthorization"));
    tenant.post("mailboxes/" + mailbox + "/diagnosis", Map.of()).statusCode(200)
        .body("find { it.check == 'sign-in.token' }.remedy", containsString("Sign in again"));
  }

  @Test
  void troubleAtTheTokenEndpointLeavesTheMailboxConnected() { // P-07
    tokenFault(1, EntraError.UNAVAILABLE.fault());
    assertThat(node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    assertThat(tenant.in(() -> pulls.findById(mailbox).state)).isEqualTo("connected");

    await().until(() -> node().token() instanceof TokenOutcome.Granted);
  }

  @Test
  void aThrottledTokenEndpointIsLeftAloneForAsLongAsItSays() { // P-07
    tokenFault(1, Fault.throttled("3600"));
    assertThat(node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    int asked = providers.simulator.calls().size();

    assertThat(node().token()).isInstanceOf(TokenOutcome.NotNow.class);
    assertThat(providers.simulator.calls()).hasSize(asked);
    change(row -> row.notBefore = Instant.now().minusSeconds(1));
    assertThat(isGood(granted(node().token()))).isTrue();
  }

  @Test
  void aWrongSecretIsTheOperatorsAndNotTheGrants() { // P-07
    tokenFault(1, EntraError.OLD_SECRET.fault());

    assertThat(node().token()).isInstanceOfSatisfying(TokenOutcome.NotNow.class, trouble ->
        assertThat(trouble.why()).contains("AADSTS7000222", "the application's secret has expired"));
    assertThat(tenant.in(() -> pulls.findById(mailbox).state)).isEqualTo("connected");
    await().until(() -> node().token() instanceof TokenOutcome.Granted);
  }

  @Test
  void troubleIsNobodysWhileTheOldTokenIsGood() {
    providers.entra.accessTokenLife(Duration.ofMinutes(2));
    var old = granted(node().token());
    tokenFault(1, EntraError.UNAVAILABLE.fault());

    assertThat(granted(node().token()).secret()).isEqualTo(old.secret());
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aClockThatIsOffByTenMinutesChangesNothing(long minutes) {
    providers.simulator.clock().advance(Duration.ofMinutes(minutes));

    var token = granted(node().token());

    assertThat(isGood(token)).isTrue();
    assertThat(token.expiresAt()).isBetween(Instant.now().plus(Duration.ofMinutes(55)), Instant.now().plus(Duration.ofMinutes(61)));
    assertThat(granted(node().token()).secret()).isEqualTo(token.secret());
  }

  /// The tokens as one more node has them.
  private AccessTokens node() {
    return tokens.of(tenant.id(), mailbox);
  }

  private static AccessToken granted(TokenOutcome outcome) {
    assertThat(outcome).isInstanceOf(TokenOutcome.Granted.class);
    return ((TokenOutcome.Granted) outcome).token();
  }

  private boolean isGood(AccessToken token) {
    return providers.simulator.tokens().find(token.secret().reveal()).filter(known -> known.user().equals(Optional.of(support.oid()))).isPresent();
  }

  private void change(Consumer<MailboxGrant> change) {
    tenant.in(() -> {
      change.accept(grants.findById(mailbox));
      return null;
    });
  }

  private void tokenFault(int times, Fault fault) {
    providers.entra.faults().next(times, call -> call.path().endsWith("/token"), fault);
  }
}
