package dev.posthorn.connector.graph;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each end of a try to send by Graph means for us.
class GraphSenderFaultsTest {
  private static final byte[] HELLO = mail("hello", "Hello\r\n", "a@example.org");
  private static final Predicate<Call> SEND = call -> call.path().endsWith("/send");
  private static final Predicate<Call> CREATE = call -> call.method().equals("POST") && call.path().endsWith("/messages");

  private final GraphHouse house = new GraphHouse("support@example.com");

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void aMailIsSentWithoutSmtpAndItsCopyIsKeptByTheServer() { // P-34, OD-07
    assertThat(outcome()).isInstanceOf(Sent.class);

    assertThat(house.mailbox.in("Sent Items")).containsExactly("hello");
    assertThat(house.mailbox.in("Drafts")).isEmpty();
  }

  /// OD-25: the header may name somebody whom nothing may be sent to.
  @Test
  void whoIsInTheHeaderAndNotInTheEnvelopeGetsNothing() {
    var mail = mail("hello", "Hello\r\n", "a@example.org", "b@example.org");

    sender().send(dispatch("", mail, "a@example.org"));

    assertThat(house.mailbox.left()).singleElement().satisfies(left -> assertThat(left.recipients()).containsExactly("a@example.org"));
  }

  /// P-52
  @Test
  void aMailFromAnAliasNeedsTheRightToSendAsIt() { // P-52
    var fromAlias = new String(HELLO).replace("support@example.com", "sales@example.com").getBytes();

    assertThat(outcome(fromAlias)).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.why()).contains("no right to send from this address").contains("ErrorSendAsDenied");
      assertThat(refused.statusCode()).isEqualTo("5.7.60");
    });
    assertThat(house.mailbox.in("Drafts")).isEmpty();

    house.mailbox.sendsAs("sales@example.com");
    assertThat(outcome(fromAlias)).isInstanceOf(Sent.class);
  }

  /// P-05: the copy lies in the mailbox whose path was used.
  @Test
  void aSharedMailboxSendsAndKeepsItsOwnCopy() { // P-05
    var shared = house.graph.mailbox("oid-2", "team@example.com").sharedWith("oid-1").sendsAs("support@example.com");
    var sender = new GraphSender(house.door(), new Account.Microsoft365("team@example.com", "team@example.com", house.tokens));

    assertThat(sender.send(dispatch("", HELLO, "a@example.org")).getFirst().outcome()).isInstanceOf(Sent.class);
    assertThat(shared.in("Sent Items")).containsExactly("hello");
    assertThat(house.mailbox.in("Sent Items")).isEmpty();
  }

  /// The mail has left, and nobody heard so: the mailbox tells.
  @Test
  void aSendWhoseAnswerIsLostIsFoundAmongWhatWasSent() {
    house.graph.faults().next(1, SEND, new Fault.Silence());

    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  /// A Sent copy may come two minutes late.
  @Test
  void aSendWhoseAnswerIsLostIsFoundWhenItsCopyAppears() throws Exception {
    house.mailbox.keepsCopiesBack();
    house.graph.faults().next(1, SEND, new Fault.Silence());
    var outcome = CompletableFuture.supplyAsync(this::outcome);
    Awaitility.await().until(() -> house.simulator.calls().stream().filter(call -> call.path().endsWith("/messages") && call.method().equals("GET")).count() > 3);
    house.mailbox.copiesAppear();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  @Test
  void aSendThatLeavesNoTraceIsDoubtful() {
    house.configured(Map.of("look-for", "300ms"));
    house.mailbox.keepsCopiesBack();
    house.graph.faults().next(1, SEND, new Fault.Silence());

    assertThat(outcome()).isInstanceOf(Unknown.class);

    house.mailbox.copiesAppear();
    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "504"})
  void aSendThatTheServerFailsOnIsLookedForAndTriedAgain(int status) {
    house.graph.faults().next(1, SEND, Fault.status(status));

    assertThat(outcome()).isInstanceOf(Deferred.class);
    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
    assertThat(house.mailbox.in("Drafts")).isEmpty();
  }

  @Test
  void aDraftWhoseAnswerIsLostIsMadeAnew() {
    house.graph.faults().next(1, CREATE, new Fault.Silence());

    assertThat(outcome()).isInstanceOf(Deferred.class);
    assertThat(house.mailbox.in("Drafts")).hasSize(1);
    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
    assertThat(house.mailbox.in("Drafts")).isEmpty();
  }

  @Test
  void aThrottledSendIsRepeatedAfterThePause() {
    house.graph.faults().next(1, SEND, Fault.throttled("1"));

    assertThat(outcome()).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  @Test
  void aLongPauseIsToldToWhoeverTriesAgain() {
    house.graph.faults().next(1, CREATE, Fault.throttled("90"));

    assertThat(outcome()).isInstanceOfSatisfying(Deferred.class,
        deferred -> assertThat(deferred.after()).hasValueSatisfying(after -> assertThat(after).isGreaterThanOrEqualTo(Duration.ofSeconds(90))));
  }

  @ParameterizedTest
  @CsvSource({"400, ErrorInvalidRecipients, 5.1.3", "413, RequestEntityTooLarge, 5.3.4", "400, ErrorMimeContentInvalid, 5.6.0"})
  void aRefusalIsForGood(int status, String code, String statusCode) { // P-32
    house.graph.faults().next(1, SEND, new Fault.Answer(GraphRealm.error(status, code, "No.")));

    assertThat(outcome()).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.statusCode()).isEqualTo(statusCode);
      assertThat(refused.why()).contains(code);
    });
    assertThat(house.mailbox.in("Drafts")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403, ErrorAccessDenied", "404, MailboxNotEnabledForRESTAPI", "400, ErrorQuotaExceeded"})
  void troubleWithTheAccountWaits(int status, String code) {
    house.graph.faults().next(1, SEND, new Fault.Answer(GraphRealm.error(status, code, "Not now.")));

    assertThat(outcome()).isInstanceOf(Deferred.class);
    assertThat(outcome()).isInstanceOf(Sent.class);
  }

  /// 202, and then a report comes home by the way in.
  @Test
  void aReportAfterTheServersYesComesInAsMail() {
    house.mailbox.bounces("a@example.org");
    assertThat(outcome()).isInstanceOf(Sent.class);

    try (var source = house.source(AfterImport.NONE)) {
      var mail = MailSourceContract.page(source.pull(Optional.empty())).mails().getFirst();
      assertThat(octets(MailSourceContract.bytes(mail))).contains("multipart/report").contains("<hello@example.com>");
    }
  }

  @Test
  void aTextThatIsTooLargeForGraphIsRefused() {
    assertThat(outcome(mail("hello", "0123456789abcdef\r\n".repeat(110_000), "a@example.org"))).isInstanceOfSatisfying(Refused.class,
        refused -> assertThat(refused.statusCode()).isEqualTo("5.3.4"));
    assertThat(house.mailbox.left()).isEmpty();
  }

  private GraphSender sender() {
    return house.sender();
  }

  private SendOutcome outcome() {
    return outcome(HELLO);
  }

  private SendOutcome outcome(byte[] mail) {
    return sender().send(dispatch("", mail, "a@example.org")).stream().map(Delivery::outcome).findFirst().orElseThrow();
  }
}
