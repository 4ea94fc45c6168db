package dev.posthorn.connector.gmail;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.MailSenderContract;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.secret.Secret;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GmailRealm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything that goes wrong between Gmail and us, and what becomes of the mail: none is lost, none comes or leaves twice.
class GmailFaultsTest {
  private static final Predicate<Call> GET_ONE = call -> call.method().equals("GET") && call.path().matches(".*/messages/[0-9a-f]+");
  private static final Predicate<Call> SEND = call -> call.path().endsWith("/messages/send");
  private static final byte[] HELLO = MailSenderContract.mail("hello", "Hello\r\n", "a@example.org");

  private final GmailHouse house = new GmailHouse("support@example.com");

  @AfterEach
  void stop() {
    house.close();
  }

  private String arrives(String subject) {
    return house.mailbox.arrives(MailSourceContract.mail(subject));
  }

  private static MailSourceContract.Drained drain(MailSource source, Optional<String> cursor) {
    return MailSourceContract.drain(source, cursor);
  }

  @Test
  void aHistoryThatIsTooOldIsARoundOverWhatIsThere() {
    arrives("m1");
    var before = drain(house.source(AfterImport.NONE), Optional.empty());
    arrives("m2");
    house.mailbox.forgetHistory();

    assertThat(drain(house.source(AfterImport.NONE), Optional.of(before.cursor())).subjects()).containsExactly("m1", "m2");
  }

  @Test
  void theSameMailHasTheSameKeyByEitherWay() { // P-13
    var id = arrives("m1");

    var mail = MailSourceContract.page(house.source(AfterImport.NONE).pull(Optional.empty())).mails().getFirst();

    assertThat(mail.sourceKey()).isEqualTo("gmail:" + Long.parseUnsignedLong(id, 16));
  }

  @Test
  void theHistoryComesPageByPage() { // P-16
    var source = house.source(AfterImport.NONE);
    var cursor = drain(source, Optional.empty()).cursor();
    for (int number = 1; number <= 9; number++) {
      arrives("m" + number);
    }

    assertThat(drain(source, Optional.of(cursor)).subjects()).containsExactly("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
  }

  /// P-58: it stops no other, and is known by name to whoever keeps the books of such mails.
  @Test
  void anEntryThatIsNeverToBeHadIsPassedOverAndTold() { // P-58
    var source = house.source(AfterImport.NONE);
    var cursor = drain(source, Optional.empty()).cursor();
    var gone = arrives("m1");
    arrives("m2");
    house.mailbox.destroys(gone);

    var page = MailSourceContract.page(source.pull(Optional.of(cursor)));

    assertThat(page.mails()).extracting(MailSourceContract::subject).satisfiesExactly(
        one -> assertThat(one).startsWith("unreadable: 404"), other -> assertThat(other).isEqualTo("m2"));
    assertThat(source.again(gone)).isInstanceOfSatisfying(MailSource.Sought.Found.class,
        found -> assertThat(found.mail().content()).isInstanceOf(Content.Unreadable.class));
    assertThat(drain(source, Optional.of(page.nextCursor())).subjects()).isEmpty();
  }

  @Test
  void aLineThatDiesInMidBodyCostsASecondLook() {
    arrives("m1");
    house.gmail.faults().next(1, GET_ONE, new Fault.CutOff());

    assertThat(drain(house.source(AfterImport.NONE), Optional.empty()).subjects()).containsExactly("m1");
  }

  @ParameterizedTest
  @CsvSource({"429, rateLimitExceeded", "403, rateLimitExceeded", "403, userRateLimitExceeded", "503, backendError"})
  void tooMuchIsWaitedFor(int status, String reason) { // P-08
    arrives("m1");
    house.gmail.faults().next(1, GET_ONE, new Fault.Answer(GmailRealm.error(status, reason, "Later.")));

    assertThat(drain(house.source(AfterImport.NONE), Optional.empty()).subjects()).containsExactly("m1");
  }

  @Test
  void aLongPauseEndsThePullWithTheTimeToWait() {
    arrives("m1");
    house.gmail.faults().next(Fault.throttled("120"));

    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class,
        later -> assertThat(later.after()).hasValueSatisfying(after -> assertThat(after).isGreaterThanOrEqualTo(Duration.ofSeconds(120))));
  }

  @Test
  void noMoreUnitsAreSpentThanThereAre() {
    house.configured(Map.of("units-per-minute", "12", "wait-at-most", "0s"));
    arrives("m1");
    arrives("m2");
    arrives("m3");
    var source = house.source(AfterImport.NONE);

    var page = MailSourceContract.page(source.pull(Optional.empty()));

    assertThat(page.mails()).hasSize(1);
    assertThat(page.more()).isTrue();
    assertThat(house.gmail.units()).isLessThanOrEqualTo(12);
    assertThat(source.pull(Optional.of(page.nextCursor()))).isInstanceOfSatisfying(PullOutcome.Later.class, later -> assertThat(later.after()).isPresent());
  }

  @Test
  void oneRefusedTokenIsReplacedAndASecondIsAnOutcome() {
    arrives("m1");
    house.gmail.faults().next(1, new Fault.Answer(GmailRealm.error(401, "authError", "Invalid Credentials")));
    assertThat(drain(house.source(AfterImport.NONE), Optional.empty()).subjects()).containsExactly("m1");

    house.gmail.faults().next(2, new Fault.Answer(GmailRealm.error(401, "authError", "Invalid Credentials")));
    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOf(PullOutcome.Revoked.class);
    assertThat(house.tokens.refusals()).isEqualTo(2);
  }

  @Test
  void ofWhatWasThereAlreadyOnlyTheWishedMailsCome() {
    arrives("m1");
    var since = house.simulator.clock().instant().plus(Duration.ofHours(1));
    var source = house.source(new MailboxWishes("INBOX", since, false, AfterImport.NONE, Optional.empty()));
    var first = drain(source, Optional.empty());
    arrives("m2");

    assertThat(first.subjects()).isEmpty();
    assertThat(drain(source, Optional.of(first.cursor())).subjects()).containsExactly("m2");
  }

  @Test
  void importedMailsAreMovedToTheirLabel() { // P-12
    house.mailbox.label("Done");
    arrives("m1");
    var source = house.source(AfterImport.MOVE);
    var mail = MailSourceContract.page(source.pull(Optional.empty())).mails().getFirst();

    assertThat(source.imported(List.of(mail.reference()))).isEmpty();
    assertThat(house.mailbox.inbox()).isEmpty();
    assertThat(house.mailbox.in("Done")).containsExactly("*m1");
  }

  @Test
  void aMailThatIsTooLargeShowsItsBeginning() { // P-36
    var large = (new String(MailSourceContract.mail("m1"), StandardCharsets.UTF_8) + "0123456789abcdef\r\n".repeat(1_200_000)).getBytes(StandardCharsets.UTF_8);
    house.mailbox.arrives(large);

    var mail = MailSourceContract.page(house.source(AfterImport.NONE).pull(Optional.empty())).mails().getFirst();

    assertThat(mail.content()).isInstanceOfSatisfying(Content.TooLarge.class, content -> assertThat(content.size()).isEqualTo(large.length));
    mail.close();
  }

  @Test
  void aWatchIsAskedForWhereThereIsATopic() {
    var watch = house.source(AfterImport.NONE).announcer().orElseThrow();
    assertThat(watch.announce(Optional.empty(), Secret.of("x"))).isInstanceOf(Announcer.Outcome.NotAllowed.class);

    house.configured(Map.of("topic", "projects/acme/topics/gmail"));
    assertThat(house.source(AfterImport.NONE).announcer().orElseThrow().announce(Optional.empty(), Secret.of("x")))
        .isInstanceOfSatisfying(Announcer.Outcome.Announced.class,
            announced -> assertThat(announced.until()).isAfter(house.simulator.clock().instant().plus(Duration.ofDays(6))));
    assertThat(house.gmail.watch("support@example.com")).hasValue("projects/acme/topics/gmail");
  }

  @Test
  void anAnswerJoinsTheConversationOfWhatItAnswers() { // P-19
    house.mailbox.arrives(MailSourceContract.mail("m1"));
    var answer = new String(HELLO, StandardCharsets.UTF_8).replace("MIME-Version", "In-Reply-To: <m1@customer.example>\r\nMIME-Version").getBytes(StandardCharsets.UTF_8);

    assertThat(outcome(answer)).isInstanceOf(Sent.class);

    assertThat(house.mailbox.left().getFirst().threadId()).isEqualTo("18f0000000000000");
  }

  @Test
  void whoIsInTheHeaderAndNotInTheEnvelopeGetsNothing() { // EH-09
    var mail = MailSenderContract.mail("hello", "Hello\r\n", "a@example.org", "b@example.org");

    house.sender().send(dispatch("", mail, "a@example.org", "hidden@example.org"));

    var left = house.mailbox.left().getFirst();
    assertThat(left.recipients()).containsExactlyInAnyOrder("a@example.org", "hidden@example.org");
    assertThat(octets(left.mime())).doesNotContain("hidden@").doesNotContain("b@example.org").contains("\r\n\r\nHello\r\n");
  }

  /// The mail has left, and nobody heard so: the mailbox tells.
  @Test
  void aSendWhoseAnswerIsLostIsFoundAmongWhatWasSent() {
    house.gmail.faults().next(1, SEND, new Fault.Silence());

    assertThat(outcome(HELLO)).isInstanceOf(Sent.class);
    assertThat(outcome(HELLO)).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  @Test
  void aSendThatLeavesNoTraceIsDoubtful() {
    house.configured(Map.of("look-for", "200ms"));
    house.gmail.faults().next(1, SEND, Fault.status(500));

    assertThat(outcome(HELLO)).isInstanceOf(Unknown.class);
    assertThat(outcome(HELLO)).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"400, invalidArgument, Invalid To header, 5.1.3", "413, uploadTooLarge, Too large, 5.3.4", "400, invalidArgument, Bad, 5.6.0"})
  void aRefusalIsForGood(int status, String reason, String words, String statusCode) { // P-32
    house.gmail.faults().next(1, SEND, new Fault.Answer(GmailRealm.error(status, reason, words)));

    assertThat(outcome(HELLO)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.statusCode()).isEqualTo(statusCode));
  }

  @Test
  void theDailyLimitWaits() {
    house.gmail.faults().next(1, SEND, new Fault.Answer(GmailRealm.error(429, "rateLimitExceeded", "User-rate limit exceeded.").with("Retry-After", "900")));

    assertThat(outcome(HELLO)).isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.after()).isPresent());
  }

  @Test
  void aLargeMailIsUploadedByteForByte() { // P-51
    var large = MailSenderContract.mail("large", "0123456789abcdef\r\n".repeat(600_000), "a@example.org");

    assertThat(outcome(large)).isInstanceOf(Sent.class);

    assertThat(house.mailbox.left().getFirst().mime()).isEqualTo(large);
    assertThat(house.simulator.calls()).anyMatch(call -> call.query("uploadType").filter("multipart"::equals).isPresent());
  }

  @Test
  void aMailThatIsLargerThanGmailTakesIsRefusedAtOnce() {
    house.configured(Map.of("send-bytes", "1000"));

    assertThat(outcome(MailSenderContract.mail("large", "0123456789abcdef\r\n".repeat(100), "a@example.org")))
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.statusCode()).isEqualTo("5.3.4"));
    assertThat(house.simulator.calls()).isEmpty();
  }

  private SendOutcome outcome(byte[] mail) {
    return house.sender().send(dispatch("", mail, "a@example.org")).getFirst().outcome();
  }
}
