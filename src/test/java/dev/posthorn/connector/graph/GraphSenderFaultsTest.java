package dev.posthorn.connector.graph;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.DraftPart;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Sha256;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
  private static final Predicate<Call> PIECE = call -> call.method().equals("PUT");

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

  /// P-51: nothing of a customer's files is changed on the way, and what is large is not lost.
  @Test
  void fiveFilesOfTenMegabytesArriveAsTheyAre() { // P-51
    var files = files(5, 10_000_000);

    assertThat(large(files)).isInstanceOf(Sent.class);

    var left = house.mailbox.left().getFirst();
    assertThat(hashes(left.files())).isEqualTo(hashes(files));
    assertThat(octets(left.mime())).contains("References: <first@example.com>").contains("multipart/alternative").doesNotContain("multipart/mixed");
  }

  @Test
  void anUploadThatIsBrokenOffGoesOnWhereTheServerIs() { // P-51
    var files = files(2, 10_000_000);
    house.graph.uploads().faults().next(1, PIECE, new Fault.Silence());
    house.graph.uploads().faults().next(1, PIECE, Fault.status(503));
    house.graph.uploads().faults().next(1, PIECE, Fault.throttled("1"));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  @Test
  void aPieceInTheWrongPlaceIsAskedFor() { // P-51
    var files = files(1, 10_000_000);
    house.graph.uploads().faults().next(1, PIECE, new Fault.Answer(GraphRealm.error(416, "InvalidRange", "")));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  @Test
  void anUploadSessionThatHasExpiredIsBegunAgain() { // P-51
    var files = files(1, 10_000_000);
    var pieces = new ArrayList<String>();
    house.graph.uploads().faults().next(1, call -> PIECE.test(call) && pieces.add("") && pieces.size() == 2, new Fault.Answer(GraphRealm.error(404, "ErrorItemNotFound", "")));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  /// The last piece has arrived, its answer has not, and the session is over: the file is not uploaded twice.
  @Test
  void aFileWhoseLastAnswerIsLostIsUploadedOnce() { // P-51
    var files = files(1, 4_000_000);
    house.graph.uploads().faults().next(1, call -> PIECE.test(call) && call.header("Content-Range").orElse("").contains("-3999999/"), new Fault.Silence());

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left().getFirst().files()).hasSize(1);
    assertThat(house.simulator.calls().stream().filter(call -> call.path().endsWith("/createUploadSession"))).hasSize(1);
  }

  @Test
  void aSmallFileOfALargeMailGoesInOneRequest() {
    var files = files(3, 900_000);

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
    assertThat(house.simulator.calls()).noneMatch(PIECE);
  }

  @Test
  void aTextThatIsTooLargeForGraphIsRefused() {
    assertThat(outcome(mail("hello", "0123456789abcdef\r\n".repeat(110_000), "a@example.org"))).isInstanceOfSatisfying(Refused.class,
        refused -> assertThat(refused.statusCode()).isEqualTo("5.3.4"));
    assertThat(house.mailbox.left()).isEmpty();
  }

  private SendOutcome large(Map<String, byte[]> files) {
    var parts = files.entrySet().stream()
        .map(file -> new DraftPart(file.getKey(), "application/pdf", Optional.empty(), () -> new ByteArrayInputStream(file.getValue()))).toList();
    var draft = new Draft(Address.of("support@example.com"), List.of(Address.of("a@example.org")), List.of(), Optional.empty(), "large",
        new MessageId("large@example.com"), Optional.of(new MessageId("first@example.com")), List.of(new MessageId("first@example.com")),
        Instant.parse("2026-03-01T10:00:00Z"), "", Optional.of("<p>With <b>files</b></p>"), List.of(), parts, List.of());
    try (var raw = MailComposer.compose(draft)) {
      return sender().send(new Dispatch("", List.of(Address.of("a@example.org")), new MessageId("large@example.com"), raw)).getFirst().outcome();
    }
  }

  private static Map<String, byte[]> files(int count, int size) {
    var random = new Random(7);
    var files = new LinkedHashMap<String, byte[]>();
    for (int number = 1; number <= count; number++) {
      var bytes = new byte[size];
      random.nextBytes(bytes);
      files.put("file-" + number + ".pdf", bytes);
    }
    return files;
  }

  private static Map<String, Sha256> hashes(Map<String, byte[]> files) {
    var hashes = new LinkedHashMap<String, Sha256>();
    files.forEach((name, bytes) -> hashes.put(name, RawMail.of(bytes).sha256()));
    return hashes;
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
