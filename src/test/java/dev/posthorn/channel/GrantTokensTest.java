package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class GrantTokensTest {
  @Inject GrantTokens tokens;
  @Inject MailboxGrants grants;
  @Inject MailboxPulls pulls;
  @Inject UnusedGrants unused;

  private SignedIn signedIn;

  @BeforeEach
  void connect() {
    signedIn = new SignedIn();
  }

  @AfterEach
  void stop() {
    signedIn.close();
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItsEnd() {
    var first = signedIn.token();

    assertThat(signedIn.isGood(first)).isTrue();
    assertThat(signedIn.token().secret()).isEqualTo(first.secret());
    assertThat(signedIn.providers.entra.refreshes()).isEqualTo(1);
  }

  @Test
  void aRotatingRefreshTokenLivesForTwoHundredRefreshes() { // P-01
    for (int round = 0; round < 200; round++) {
      assertThat(Tenancy.<TokenOutcome, RuntimeException>in(signedIn.tenant.id(), () -> tokens.get(signedIn.mailbox, true))).isInstanceOf(TokenOutcome.Granted.class);
    }

    assertThat(signedIn.providers.entra.refreshes()).isEqualTo(200);
  }

  @Test
  void twoNodesRefreshOneTokenOnce() throws Exception { // P-01
    var answer = new CountDownLatch(1);
    signedIn.tokenFault(1, new Fault.Late(answer));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> signedIn.node().token());
      await().until(() -> signedIn.providers.entra.refreshes() == 1);
      var second = threads.submit(() -> signedIn.node().token());
      // The second has found the lease, or will: either way it may ask nobody while the first one's answer is on its way.
      answer.countDown();

      assertThat(SignedIn.granted(first.get()).secret()).isEqualTo(SignedIn.granted(second.get()).secret());
    }
    assertThat(signedIn.providers.entra.refreshes()).isEqualTo(1);
    assertThat(signedIn.isGood(signedIn.token())).isTrue();
  }

  @Test
  void whoeverHasAGoodTokenDoesNotWaitForAnothersRefresh() throws Exception {
    signedIn.providers.entra.accessTokenLife(Duration.ofMinutes(2));
    var old = signedIn.token();
    var answer = new CountDownLatch(1);
    signedIn.tokenFault(1, new Fault.Late(answer));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var refreshing = threads.submit(() -> signedIn.node().token());
      await().until(() -> signedIn.providers.entra.refreshes() == 2);

      assertThat(signedIn.token().secret()).isEqualTo(old.secret());
      answer.countDown();
      assertThat(SignedIn.granted(refreshing.get()).secret()).isNotEqualTo(old.secret());
    }
  }

  @Test
  void aGrantThatADeadNodeHeldIsFreeWhenItsLeaseEnds() {
    signedIn.change(row -> {
      row.leasedBy = Ids.next();
      row.leaseUntil = Instant.now().plusMillis(300);
    });

    assertThat(signedIn.isGood(signedIn.token())).isTrue();
  }

  @Test
  void whoComesTooLateWithARefusalChangesNothing() { // P-01
    var slow = Tenancy.<MailboxGrants.Look, RuntimeException>in(signedIn.tenant.id(), () -> grants.look(signedIn.mailbox, Ids.next(), false));
    signedIn.change(row -> row.leaseUntil = Instant.now().minusSeconds(1));
    var good = signedIn.token();

    var settled = Tenancy.<Optional<TokenOutcome>, RuntimeException>in(signedIn.tenant.id(), () -> grants.settle(signedIn.mailbox,
        ((MailboxGrants.Look.Ours) slow).lease(), new TokenReply.Refused("invalid_grant", "AADSTS70000", "used"), Instant.now()));

    assertThat(settled).isEmpty();
    assertThat(signedIn.token().secret()).isEqualTo(good.secret());
    signedIn.tenant.get("mailboxes/" + signedIn.mailbox).body("lastError", equalTo(null));
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() {
    var node = signedIn.node();
    var refused = SignedIn.granted(node.token());
    signedIn.providers.simulator.tokens().revokeAll();

    node.refused(refused);
    var next = SignedIn.granted(node.token());

    assertThat(next.secret()).isNotEqualTo(refused.secret());
    assertThat(signedIn.isGood(next)).isTrue();
    // What was refused before somebody got a new one is no reason for another.
    signedIn.node().refused(refused);
    assertThat(signedIn.token().secret()).isEqualTo(next.secret());
  }

  @Test
  void signingInAnewGoesOnWhereItWas() { // P-02
    signedIn.tenant.in(() -> pulls.findById(signedIn.mailbox).cursor = "as-far-as-this");
    signedIn.providers.entra.end(signedIn.support.oid(), EntraError.REVOKED);
    assertThat(signedIn.node().token()).isInstanceOf(TokenOutcome.NeedsReauthorization.class);

    SignIns.signIn(signedIn.tenant, Map.of("mailbox", signedIn.support.address()), signedIn.support.oid()).statusCode(200);

    assertThat(signedIn.isGood(signedIn.token())).isTrue();
    assertThat(signedIn.tenant.in(() -> pulls.findById(signedIn.mailbox).cursor)).isEqualTo("as-far-as-this");
    assertThat(signedIn.tenant.in(() -> pulls.findById(signedIn.mailbox).state)).isEqualTo("connected");
  }

  @Test
  void aGrantThatNobodyUsesIsKeptAlive() { // P-01
    signedIn.change(row -> row.refreshedAt = Instant.now().minus(Duration.ofDays(8)));

    unused.round();

    assertThat(signedIn.tenant.in(() -> grants.findById(signedIn.mailbox).refreshedAt)).isAfter(Instant.now().minus(Duration.ofHours(1)));
  }

  @Test
  void anApplicationGetsTokensByItself() {
    var directory = UUID.randomUUID().toString();
    signedIn.providers.entra.consent(directory);
    signedIn.change(row -> {
      row.mode = MailboxGrant.APPLICATION;
      row.directory = directory;
      row.subject = null;
    });

    var token = signedIn.providers.simulator.tokens().find(signedIn.token().secret().reveal()).orElseThrow();

    assertThat(token.tenant()).isEqualTo(directory);
    assertThat(token.user()).isEmpty();
    assertThat(token.audience()).endsWith("/graph");
  }

  @Test
  void tokensOfOneMailboxAreNotAnothers() { // P-06
    var sales = signedIn.providers.person(SignIns.ACME, "sales@acme.example");
    var other = UUID.fromString(signedIn.providers.connected(signedIn.tenant, sales));

    var one = signedIn.providers.simulator.tokens().find(signedIn.token().secret().reveal()).orElseThrow();
    var two = signedIn.providers.simulator.tokens().find(SignedIn.granted(tokens.of(signedIn.tenant.id(), other).token()).secret().reveal()).orElseThrow();

    assertThat(one.user()).contains(signedIn.support.oid());
    assertThat(two.user()).contains(sales.oid());
  }

  @Test
  void aGrantThatDiesTwiceWithinDaysHintsAtTestMode() { // P-04
    signedIn.providers.googler("118", "help@acme-workspace.example");
    SignIns.signIn(signedIn.tenant, Map.of("kind", "gmail-api"), "118").statusCode(200);
    signedIn.mailbox = UUID.fromString(signedIn.tenant.get("mailboxes").extract().jsonPath().getString("items.find { it.kind == 'gmail-api' }.id"));
    signedIn.providers.google.end("118");
    signedIn.change(row -> row.expiresAt = null);
    assertThat(((TokenOutcome.NeedsReauthorization) signedIn.node().token()).remedy()).doesNotContain("testing-mode");
    SignIns.signIn(signedIn.tenant, Map.of("kind", "gmail-api", "mailbox", "help@acme-workspace.example"), "118").statusCode(200);
    signedIn.providers.google.end("118");
    signedIn.change(row -> row.expiresAt = null);

    assertThat(((TokenOutcome.NeedsReauthorization) signedIn.node().token()).remedy()).contains("google-app-in-testing-mode");
  }

  @Test
  void nothingOfATokenIsInTheRowsInClear() {
    var token = signedIn.token();

    assertThat(signedIn.tenant.in(() -> grants.getEntityManager().createNativeQuery("select encode(sealed, 'escape') from stored_secret").getResultList()).toString())
        .doesNotContain(token.secret().reveal());
  }
}
