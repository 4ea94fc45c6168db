package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.support.FoundedTenant;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulatedProviders.class, scope = TestResourceScope.GLOBAL)
class GrantTokensTest {
  private static final Duration SOON_OVER = Duration.ofSeconds(5);
  private static final Duration USUAL = Duration.ofHours(1);

  @Inject GrantTokens tokens;
  @Inject MailboxGrants grants;
  @Inject MailboxPulls pulls;
  @Inject UnusedGrants unused;

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

  @Test
  void aTokenIsKeptUntilShortlyBeforeItsEnd() {
    var first = granted(node().token());

    assertThat(isGood(first)).isTrue();
    assertThat(granted(node().token()).secret()).isEqualTo(first.secret());
    assertThat(providers.entra.refreshes()).isEqualTo(1);
  }

  @Test
  void aRotatingRefreshTokenLivesForTwoHundredRefreshes() { // P-01
    for (int round = 0; round < 200; round++) {
      assertThat(Tenancy.<TokenOutcome, RuntimeException>in(tenant.id(), () -> tokens.get(mailbox, true))).isInstanceOf(TokenOutcome.Granted.class);
    }

    assertThat(providers.entra.refreshes()).isEqualTo(200);
  }

  @Test
  void twoNodesRefreshOneTokenOnce() throws Exception { // P-01
    var answer = new CountDownLatch(1);
    tokenFault(1, new Fault.Late(answer));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> node().token());
      await().until(() -> providers.entra.refreshes() == 1);
      var second = threads.submit(() -> node().token());
      // The second has found the lease, or will: either way it may ask nobody while the first one's answer is on its way.
      answer.countDown();

      assertThat(granted(first.get()).secret()).isEqualTo(granted(second.get()).secret());
    }
    assertThat(providers.entra.refreshes()).isEqualTo(1);
    assertThat(isGood(granted(node().token()))).isTrue();
  }

  @Test
  void whoeverHasAGoodTokenDoesNotWaitForAnothersRefresh() throws Exception {
    providers.entra.accessTokenLife(Duration.ofMinutes(2));
    var old = granted(node().token());
    var answer = new CountDownLatch(1);
    tokenFault(1, new Fault.Late(answer));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var refreshing = threads.submit(() -> node().token());
      await().until(() -> providers.entra.refreshes() == 2);

      assertThat(granted(node().token()).secret()).isEqualTo(old.secret());
      answer.countDown();
      assertThat(granted(refreshing.get()).secret()).isNotEqualTo(old.secret());
    }
  }

  @Test
  void aGrantThatADeadNodeHeldIsFreeWhenItsLeaseEnds() {
    change(row -> {
      row.leasedBy = Ids.next();
      row.leaseUntil = Instant.now().plusMillis(300);
    });

    assertThat(isGood(granted(node().token()))).isTrue();
  }

  @Test
  void whoComesTooLateWithARefusalChangesNothing() { // P-01
    var slow = Tenancy.<MailboxGrants.Look, RuntimeException>in(tenant.id(), () -> grants.look(mailbox, Ids.next(), false));
    change(row -> row.leaseUntil = Instant.now().minusSeconds(1));
    var good = granted(node().token());

    var settled = Tenancy.<Optional<TokenOutcome>, RuntimeException>in(tenant.id(), () -> grants.settle(mailbox,
        ((MailboxGrants.Look.Ours) slow).lease(), new TokenReply.Refused("invalid_grant", "AADSTS70000", "used"), Instant.now()));

    assertThat(settled).isEmpty();
    assertThat(granted(node().token()).secret()).isEqualTo(good.secret());
    tenant.get("mailboxes/" + mailbox).body("lastError", equalTo(null));
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() {
    var node = node();
    var refused = granted(node.token());
    providers.simulator.tokens().revokeAll();

    node.refused(refused);
    var next = granted(node.token());

    assertThat(next.secret()).isNotEqualTo(refused.secret());
    assertThat(isGood(next)).isTrue();
    // What was refused before somebody got a new one is no reason for another.
    node().refused(refused);
    assertThat(granted(node().token()).secret()).isEqualTo(next.secret());
  }

  @Test
  void signingInAnewGoesOnWhereItWas() { // P-02
    tenant.in(() -> pulls.findById(mailbox).cursor = "as-far-as-this");
    providers.entra.end(support.oid(), EntraError.REVOKED);
    assertThat(node().token()).isInstanceOf(TokenOutcome.NeedsReauthorization.class);

    SignIns.signIn(tenant, Map.of("mailbox", support.address()), support.oid()).statusCode(200);

    assertThat(isGood(granted(node().token()))).isTrue();
    assertThat(tenant.in(() -> pulls.findById(mailbox).cursor)).isEqualTo("as-far-as-this");
    assertThat(tenant.in(() -> pulls.findById(mailbox).state)).isEqualTo("connected");
  }

  @Test
  void aGrantThatNobodyUsesIsKeptAlive() { // P-01
    change(row -> row.refreshedAt = Instant.now().minus(Duration.ofDays(8)));

    unused.round();

    assertThat(tenant.in(() -> grants.findById(mailbox).refreshedAt)).isAfter(Instant.now().minus(Duration.ofHours(1)));
  }

  @Test
  void anApplicationGetsTokensByItself() {
    var directory = UUID.randomUUID().toString();
    providers.entra.consent(directory);
    change(row -> {
      row.mode = MailboxGrant.APPLICATION;
      row.directory = directory;
      row.subject = null;
    });

    var token = providers.simulator.tokens().find(granted(node().token()).secret().reveal()).orElseThrow();

    assertThat(token.tenant()).isEqualTo(directory);
    assertThat(token.user()).isEmpty();
    assertThat(token.audience()).endsWith("/graph");
  }

  @Test
  void tokensOfOneMailboxAreNotAnothers() { // P-06
    var sales = providers.person(SignIns.ACME, "sales@acme.example");
    var other = UUID.fromString(providers.connected(tenant, sales));

    var one = providers.simulator.tokens().find(granted(node().token()).secret().reveal()).orElseThrow();
    var two = providers.simulator.tokens().find(granted(tokens.of(tenant.id(), other).token()).secret().reveal()).orElseThrow();

    assertThat(one.user()).contains(support.oid());
    assertThat(two.user()).contains(sales.oid());
  }

  @Test
  void aGrantThatDiesTwiceWithinDaysHintsAtTestMode() { // P-04
    providers.googler("118", "help@acme-workspace.example");
    SignIns.signIn(tenant, Map.of("kind", "gmail-api"), "118").statusCode(200);
    mailbox = UUID.fromString(tenant.get("mailboxes").extract().jsonPath().getString("items.find { it.kind == 'gmail-api' }.id"));
    providers.google.end("118");
    change(row -> row.expiresAt = null);
    assertThat(((TokenOutcome.NeedsReauthorization) node().token()).remedy()).doesNotContain("testing-mode");
    SignIns.signIn(tenant, Map.of("kind", "gmail-api", "mailbox", "help@acme-workspace.example"), "118").statusCode(200);
    providers.google.end("118");
    change(row -> row.expiresAt = null);

    assertThat(((TokenOutcome.NeedsReauthorization) node().token()).remedy()).contains("google-app-in-testing-mode");
  }

  @Test
  void nothingOfATokenIsInTheRowsInClear() {
    var token = granted(node().token());

    assertThat(tenant.in(() -> grants.getEntityManager().createNativeQuery("select encode(sealed, 'escape') from stored_secret").getResultList()).toString())
        .doesNotContain(token.secret().reveal());
  }
}
