package dev.posthorn.connector.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything that goes wrong between Graph and us while mail is read, and what becomes of the mail: none is lost, none comes twice.
class GraphSourceFaultsTest {
  private static final Predicate<Call> MIME = call -> call.path().endsWith("/$value");

  private final GraphHouse house = new GraphHouse("support@acme.example");

  @AfterEach
  void stop() {
    house.close();
  }

  private String arrives(String subject) {
    return house.graph.delivers(house.mailbox, MailSourceContract.mail(subject));
  }

  private static MailSourceContract.Drained drain(MailSource source) {
    return MailSourceContract.drain(source, Optional.empty());
  }

  private static MailSourceContract.Drained drain(MailSource source, String cursor) {
    return MailSourceContract.drain(source, Optional.of(cursor));
  }

  /// A round from the start brings the same mails under the same keys: whoever keeps them knows them.
  @ParameterizedTest
  @CsvSource({"410, SyncStateNotFound", "410, resyncRequired", "400, syncStateNotFound", "404, SYNCSTATENOTFOUND", "400, InvalidSyncStateData",
      "410, ''"})
  void aCursorThatIsDeadIsARoundFromTheStart(int status, String code) {
    arrives("m1");
    var before = page(house.source(AfterImport.NONE).pull(Optional.empty()));
    house.graph.forgetDeltas(GraphRealm.error(status, code, "The sync state is gone."));
    arrives("m2");

    var after = page(house.source(AfterImport.NONE).pull(Optional.of(before.nextCursor())));

    assertThat(after.mails()).extracting(MailSourceContract::subject).containsExactly("m1", "m2");
    assertThat(after.mails().getFirst().sourceKey()).isEqualTo(before.mails().getFirst().sourceKey());
  }

  @Test
  void whatIsTakenAlreadyIsNotFetchedAgainInARoundFromTheStart() {
    arrives("m1");
    var source = house.source(AfterImport.NONE);
    var page = page(source.pull(Optional.empty()));
    source.imported(List.of(page.mails().getFirst().reference()));
    house.graph.forgetDeltas(GraphRealm.error(410, "SyncStateNotFound", ""));
    arrives("m2");

    assertThat(drain(source, page.nextCursor()).subjects()).containsExactly("m2");
  }

  @Test
  void aCursorOfAnotherKindIsARoundFromTheStart() {
    arrives("m1");

    assertThat(drain(house.source(AfterImport.NONE), "7:12").subjects()).containsExactly("m1");
  }

  /// A token goes to Graph alone, wherever a link leads.
  @Test
  void aLinkThatLeadsElsewhereIsNotFollowed() {
    arrives("m1");
    var elsewhere = "{\"link\":\"http://127.0.0.1:1/graph/v1.0/users/oid-1/mailFolders/inbox/messages/delta\",\"first\":false}";

    assertThat(drain(house.source(AfterImport.NONE), elsewhere).subjects()).containsExactly("m1");
  }

  @Test
  void anEmptyPageMayHaveMoreBehindIt() {
    house.graph.emptyPages(2);
    arrives("m1");
    arrives("m2");

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).containsExactly("m1", "m2");
  }

  @Test
  void anItemThatIsListedTwiceComesOnce() {
    house.graph.doubledPages(9);
    arrives("m1");
    arrives("m2");

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).containsExactly("m1", "m2");
  }

  @Test
  void whatWasMovedAwayOrDeletedIsNoMail() {
    var source = house.source(AfterImport.NONE);
    var cursor = drain(source).cursor();
    var moved = arrives("m1");
    var deleted = arrives("m2");
    arrives("m3");
    house.mailbox.folder("Elsewhere");
    house.mailbox.moves(moved, "Elsewhere");
    house.mailbox.destroys(deleted);

    assertThat(drain(source, cursor).subjects()).containsExactly("m3");
  }

  /// Moved or deleted by somebody between the list and the look.
  @Test
  void aMailThatIsGoneBetweenListAndGetIsPassedOver() {
    arrives("m1");
    arrives("m2");
    house.graph.faults().next(1, MIME, new Fault.Answer(GraphRealm.error(404, "ErrorItemNotFound", "It was not found.")));

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).hasSize(1);
  }

  /// P-10: what somebody else reads before us is mail all the same.
  @Test
  void aMailThatSomebodyElseHasReadIsMail() { // P-10
    house.mailbox.reads(arrives("m1"));

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).containsExactly("m1");
  }

  @Test
  void readMailIsPassedOverWhereThatIsAskedFor() {
    house.mailbox.reads(arrives("m1"));
    arrives("m2");

    assertThat(drain(house.source(new MailboxWishes("INBOX", Instant.EPOCH, true, AfterImport.NONE, Optional.empty()))).subjects())
        .containsExactly("m2");
  }

  @Test
  void ofWhatWasThereAlreadyOnlyTheWishedMailsCome() {
    arrives("m1");
    var source = house.source(new MailboxWishes("INBOX", house.simulator.clock().instant().plus(Duration.ofHours(1)), false, AfterImport.NONE, Optional.empty()));
    var cursor = drain(source);
    assertThat(cursor.subjects()).isEmpty();
    arrives("m2");

    assertThat(drain(source, cursor.cursor()).subjects()).containsExactly("m2");
  }

  /// What comes in the moment after the connection is new, whatever Graph's clock says.
  @ParameterizedTest
  @CsvSource({"-10", "10"})
  void aClockThatIsOffByTenMinutesLosesNoMail(int minutes) {
    var connected = house.simulator.clock().instant();
    house.simulator.clock().advance(Duration.ofMinutes(minutes));
    arrives("m1");
    var source = house.source(new MailboxWishes("INBOX", connected, false, AfterImport.NONE, Optional.empty()));
    var first = drain(source);
    arrives("m2");

    assertThat(first.subjects()).containsExactly("m1");
    assertThat(drain(source, first.cursor()).subjects()).containsExactly("m2");
  }

  /// P-12
  @Test
  void importedMailsAreMovedToTheirFolder() { // P-12
    house.mailbox.folder("Done");
    arrives("m1");
    var source = house.source(AfterImport.MOVE);
    var mail = page(source.pull(Optional.empty())).mails().getFirst();

    assertThat(source.imported(List.of(mail.reference()))).isEmpty();
    assertThat(house.mailbox.inbox()).isEmpty();
    assertThat(house.mailbox.in("Done")).containsExactly("*m1");
    assertThat(source.again(mail.reference())).isInstanceOf(MailSource.Sought.Found.class);
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    arrives("m1");
    var source = house.source(AfterImport.MOVE);
    var mail = page(source.pull(Optional.empty())).mails().getFirst();

    assertThat(source.imported(List.of(mail.reference()))).hasValueSatisfying(why -> assertThat(why).contains("no folder Done"));
    assertThat(house.mailbox.inbox()).containsExactly("*m1");
  }

  /// Our own mark makes Graph tell of the mail again.
  @Test
  void aMailThatWeMarkedDoesNotComeAgain() {
    arrives("m1");
    var source = house.source(AfterImport.MARK_READ);
    var page = page(source.pull(Optional.empty()));
    source.imported(List.of(page.mails().getFirst().reference()));

    assertThat(house.mailbox.inbox()).containsExactly("m1");
    assertThat(drain(source, page.nextCursor()).subjects()).isEmpty();
  }

  /// A backlog of thousands comes whole, page by page.
  @Test
  void aBacklogComesWhole() {
    house.configured(Map.of("page-mails", "50"));
    for (int number = 0; number < 5_000; number++) {
      arrives("m" + number);
    }

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).hasSize(5_000).doesNotHaveDuplicates();
  }

  private static PullOutcome.Page page(PullOutcome outcome) {
    return MailSourceContract.page(outcome);
  }
}
