package dev.posthorn.connector.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.Step;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much is asked of Graph at once, for how long it is left alone, and by whose token.
class GraphPausesTest {
  private static final Predicate<Call> MIME = call -> call.path().endsWith("/$value");
  private static final Predicate<Call> DELTA = call -> call.path().endsWith("/delta");

  private final GraphHouse house = new GraphHouse("support@acme.example");

  @AfterEach
  void stop() {
    house.close();
  }

  /// P-08: never more than four at once, whoever asks; the simulator complains of a fifth.
  @Test
  void atMostFourRequestsAreUnderWayPerMailbox() throws Exception { // P-08
    house.configured(Map.of("page-mails", "50"));
    for (int number = 0; number < 12; number++) {
      arrives("m" + number);
    }
    var opens = new CountDownLatch(1);
    house.graph.hold(MIME, opens);
    var one = CompletableFuture.supplyAsync(() -> drain(house.source(AfterImport.NONE)).subjects());
    var other = CompletableFuture.supplyAsync(() -> drain(house.source(AfterImport.NONE)).subjects());
    Awaitility.await().until(() -> house.simulator.calls().stream().filter(MIME).count() >= 4);
    opens.countDown();

    assertThat(one.get(60, TimeUnit.SECONDS)).hasSize(12);
    assertThat(other.get(60, TimeUnit.SECONDS)).hasSize(12);
  }

  /// P-08: a short pause is waited for, to the second, and nothing is lost.
  @Test
  void aPauseThatIsAskedForIsKept() { // P-08
    arrives("m1");
    house.graph.faults().next(1, MIME, Fault.throttled("2"));
    long before = System.nanoTime();

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).containsExactly("m1");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aLongPauseEndsThePullWithTheTimeToWait() {
    arrives("m1");
    house.graph.faults().next(1, DELTA, Fault.throttled("120"));
    var source = house.source(AfterImport.NONE);

    assertThat(source.pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class,
        later -> assertThat(later.after()).hasValueSatisfying(after -> assertThat(after).isGreaterThanOrEqualTo(Duration.ofSeconds(120))));
    // Whoever else asks of the mailbox meanwhile, asks nothing.
    int calls = house.simulator.calls().size();
    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOf(PullOutcome.Later.class);
    assertThat(house.simulator.calls()).hasSize(calls);
  }

  /// P-09: "too much" without a time, or always with the same second, makes pauses that grow.
  @ParameterizedTest
  @CsvSource({"''", "0"})
  void pausesGrowWhateverTheServerSays(String retryAfter) { // P-09
    house.configured(Map.of("first-pause", "10ms", "wait-at-most", "100ms"));
    arrives("m1");
    var pauses = new ArrayList<Duration>();
    for (int round = 0; round < 8; round++) {
      house.graph.faults().next(1, DELTA, retryAfter.isEmpty() ? Fault.status(429) : Fault.throttled(retryAfter));
    }
    var gate = house.door().gate("oid-1");
    for (int round = 0; round < 8; round++) {
      pauses.add(gate.refused(Optional.of(Duration.ofMillis(10))));
    }

    assertThat(pauses).isSorted();
    assertThat(pauses.getLast()).isGreaterThanOrEqualTo(Duration.ofMillis(10 << 7));
    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOf(PullOutcome.Later.class);
  }

  /// What was had before the pause is kept: a page that is throttled in its middle goes on there.
  @Test
  void aPageThatIsThrottledInItsMiddleGoesOnThere() {
    house.configured(Map.of("page-mails", "6", "at-once", "1", "wait-at-most", "0s"));
    for (int number = 1; number <= 6; number++) {
      arrives("m" + number);
    }
    var source = house.source(AfterImport.NONE);
    var seen = new ArrayList<String>();
    house.graph.hold(call -> {
      if (MIME.test(call) && seen.size() == 3) {
        house.graph.faults().next(1, MIME, Fault.throttled("1"));
      }
      return seen.add("") && false;
    }, new CountDownLatch(0));

    var first = page(source.pull(Optional.empty()));
    assertThat(first.mails()).isNotEmpty().hasSizeLessThan(6);
    assertThat(first.more()).isTrue();
    house.graph.faults().none();
    var rest = new ArrayList<String>();
    Awaitility.await().untilAsserted(() -> {
      assertThat(source.pull(Optional.of(first.nextCursor()))).isInstanceOfSatisfying(PullOutcome.Page.class,
          page -> page.mails().forEach(mail -> rest.add(MailSourceContract.subject(mail))));
    });
    first.mails().forEach(mail -> rest.add(MailSourceContract.subject(mail)));
    assertThat(rest).containsExactlyInAnyOrder("m1", "m2", "m3", "m4", "m5", "m6");
  }

  @Test
  void oneRefusedTokenIsReplacedAndNothingIsNoticed() {
    arrives("m1");
    var source = house.source(AfterImport.NONE);
    drain(source);
    house.simulator.tokens().revokeAll();

    assertThat(drain(source).subjects()).containsExactly("m1");
    assertThat(house.tokens.refusals()).isEqualTo(1);
  }

  @Test
  void aSecondRefusedTokenIsAnOutcome() {
    house.graph.faults().next(2, new Fault.Answer(GraphRealm.error(401, "InvalidAuthenticationToken", "Lifetime validation failed.")));

    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
        revoked -> assertThat(revoked.why()).contains("InvalidAuthenticationToken"));
    assertThat(house.tokens.refusals()).isEqualTo(1);
  }

  @Test
  void aDeadGrantIsToldFromATokenThatIsLate() { // P-07
    house.tokens.end(new TokenOutcome.NotNow("503 from the token endpoint"));
    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOf(PullOutcome.Later.class);

    house.tokens.end(new TokenOutcome.NeedsReauthorization("AADSTS50173", "revoked", "Sign in again."));
    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
        revoked -> assertThat(revoked.why()).contains("AADSTS50173").contains("Sign in again."));
  }

  /// P-05: the mailbox of a team, read by somebody who signed in with their own.
  @Test
  void aSharedMailboxIsReadBySomebodyWhoHasFullAccess() { // P-05
    var shared = house.graph.mailbox("oid-2", "team@acme.example").sharedWith("oid-1");
    house.graph.delivers(shared, MailSourceContract.mail("m1"));
    var account = new Account.Microsoft365("team@acme.example", "team@acme.example", house.tokens);
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, false, AfterImport.MARK_READ, Optional.empty());
    try (var source = new GraphSource(house.door(), account, wishes, house.simulator.clock())) {
      assertThat(drain(source).subjects()).containsExactly("m1");
    }
  }

  @Test
  void aSharedMailboxWithoutFullAccessSaysSo() { // P-05
    house.graph.mailbox("oid-2", "team@acme.example");
    var account = new Account.Microsoft365("team@acme.example", "team@acme.example", house.tokens);
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, false, AfterImport.MARK_READ, Optional.empty());
    try (var source = new GraphSource(house.door(), account, wishes, house.simulator.clock())) {
      assertThat(source.pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class, later -> {
        assertThat(later.step()).isEqualTo(Step.FOLDER);
        assertThat(later.why()).contains("ErrorAccessDenied");
      });
    }
  }

  @Test
  void lettingGoEndsWhatIsUnderWay() throws Exception {
    arrives("m1");
    var opens = new CountDownLatch(1);
    house.graph.hold(MIME, opens);
    var source = house.source(AfterImport.NONE);
    var pulling = CompletableFuture.supplyAsync(() -> source.pull(Optional.empty()));
    Awaitility.await().until(() -> house.simulator.calls().stream().anyMatch(MIME));
    source.close();

    assertThat(pulling.get(30, TimeUnit.SECONDS)).isInstanceOf(PullOutcome.Later.class);
    opens.countDown();
  }

  private String arrives(String subject) {
    return house.graph.delivers(house.mailbox, MailSourceContract.mail(subject));
  }

  private static MailSourceContract.Drained drain(MailSource source) {
    return MailSourceContract.drain(source, Optional.empty());
  }

  private static PullOutcome.Page page(PullOutcome outcome) {
    return MailSourceContract.page(outcome);
  }
}
