package dev.posthorn.connector.imap;

import static dev.posthorn.connector.MailSourceContract.drain;
import static dev.posthorn.connector.MailSourceContract.mail;
import static dev.posthorn.connector.MailSourceContract.page;
import static dev.posthorn.connector.MailSourceContract.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.ScriptedImapServer;
import dev.posthorn.connector.ScriptedImapServer.Step;
import dev.posthorn.wire.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What servers and networks do to a line, and what becomes of the mail.
class ImapFaultsTest {
  private final ScriptedImapServer server = ScriptedImapServer.start();
  private final Watch watch = new Watch();

  @AfterEach
  void stop() {
    server.close();
    watch.close();
  }

  private ImapSource source() {
    return source(ImapAccounts.LIMITS);
  }

  private ImapSource source(ImapLimits limits) {
    return new ImapSource(ImapAccounts.plain(server.port(), limits), ImapAccounts.wishes(AfterImport.MARK_READ), watch, Clock.systemUTC());
  }

  private static PullOutcome.Later later(PullOutcome outcome) {
    assertThat(outcome).isInstanceOf(PullOutcome.Later.class);
    return (PullOutcome.Later) outcome;
  }

  @Test
  void aServerThatHangsAfterTheLoginIsLeft() {
    server.always("SELECT", new Step.Hush());

    assertThat(later(source(ImapAccounts.patient(200)).pull(Optional.empty())).why()).isEqualTo("no answer in time");
  }

  @Test
  void aServerThatSendsAnOctetNowAndThenIsCutOff() {
    server.always("SELECT", new Step.Drip());

    assertThat(later(source(ImapAccounts.patient(300)).pull(Optional.empty())).why()).contains("cut, since it took too long");
  }

  @Test
  void aServerThatTalksWithoutEndIsCutOff() {
    server.always("SELECT", new Step.Babble());

    assertThat(later(source(ImapAccounts.patient(20_000)).pull(Optional.empty())).why()).contains("without end");
  }

  @Test
  void aHugeLiteralIsNotBelieved() {
    server.holding(mail("m1")).always("SELECT", new Step.Say("* 1 FETCH (BODY[] {2000000000}\nabc"));

    assertThat(later(source().pull(Optional.empty())).why()).contains("announces");
  }

  @Test
  void garbageIsNoMail() {
    server.holding(mail("m1")).once("UID SEARCH", new Step.Say("* SEARCH )( \"\n* {x}\n+ *\n* 99999999999999999999999 FETCH ((((\n{tag} OK done"));
    try (var source = source()) {
      var first = page(source.pull(Optional.empty()));

      assertThat(drain(source, Optional.of(first.nextCursor())).subjects().size() + first.mails().size()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aDeadLineIsReplacedUnheard() {
    server.holding(mail("m1"));
    try (var source = source()) {
      var first = drain(source, Optional.empty());
      server.dropAll();
      server.holding(mail("m2"));

      assertThat(drain(source, Optional.of(first.cursor())).subjects()).containsExactly("m2");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatSaysGoodbyeIsAskedLater() {
    server.always("SELECT", new Step.Say("* BYE Account exceeded command or bandwidth limits. (Failure)"));

    assertThat(later(source().pull(Optional.empty())).why()).contains("Account exceeded command or bandwidth limits");
  }

  @Test
  void aGreetingThatSendsUsAwayIsAskedLater() {
    server.always(ScriptedImapServer.GREETING, new Step.Say("* BYE Too many connections"));

    assertThat(later(source().pull(Optional.empty())).why()).contains("Too many connections");
  }

  @Test
  void tooManyConnectionsAreNotTheAccountsFault() {
    server.always("AUTHENTICATE", new Step.Say("{tag} NO [ALERT] Too many simultaneous connections. (Failure)"));

    assertThat(later(source().pull(Optional.empty())).why()).contains("Too many simultaneous connections");
  }

  @Test
  void refusedCredentialsAreTheAccountsFault() {
    server.always("AUTHENTICATE", new Step.Say("{tag} NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"));

    assertThat(source().pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
        end -> assertThat(end.why()).isEqualTo("NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"));
  }

  @Test
  void theServersWordsNeverShowThePassword() {
    server.offering("IMAP4rev1").always("LOGIN", new Step.Say("{tag} NO LOGIN failed for support@acme.example with open sesame"));

    assertThat(source().pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
        end -> assertThat(end.why()).contains("[secret]").doesNotContain("sesame"));
  }

  @Test
  void noPasswordIsShownToAServerThatWantsTheLineEncrypted() {
    server.offering("IMAP4rev1 LOGINDISABLED");
    source().pull(Optional.empty());

    assertThat(server.commands()).noneMatch(command -> command.contains("sesame"));
  }

  @Test
  void aMailThatBreaksTheLineCostsItselfAlone() { // P-58
    server.holding(mail("m1"), mail("poison"), mail("m3")).always("<mail> 2 (UID BODY", new Step.Drop());
    try (var source = source()) {
      assertThat(drain(source, Optional.empty()).subjects()).hasSize(3).satisfies(all -> {
        assertThat(all.get(0)).isEqualTo("m1");
        assertThat(all.get(1)).startsWith("unreadable: ");
        assertThat(all.get(2)).isEqualTo("m3");
      });
    }
  }

  @Test
  void aMailThatIsNotHandedOutCostsItselfAlone() {
    server.holding(mail("m1"), mail("poison"), mail("m3")).always("<mail> 2 (UID BODY", new Step.Say("* NO [SERVERBUG] this one is broken"));
    try (var source = source()) {
      assertThat(drain(source, Optional.empty()).subjects()).containsExactly("m1", "unreadable: the server does not hand it out", "m3");
    }
  }

  @Test
  void aMailThatIsReadableLaterIsFoundAgain() {
    server.holding(mail("m1")).always("<mail> 1 (UID BODY", new Step.Drop());
    try (var source = source()) {
      var first = page(source.pull(Optional.empty())).mails().getFirst();
      assertThat(source.again(first.reference())).isInstanceOfSatisfying(MailSource.Sought.Found.class,
          found -> assertThat(subject(found.mail())).startsWith("unreadable"));
      server.recover();

      assertThat(source.again(first.reference())).isInstanceOfSatisfying(MailSource.Sought.Found.class,
          found -> assertThat(subject(found.mail())).isEqualTo("m1"));
    }
  }

  @Test
  void aServerThatIsAwayLosesNoMail() {
    server.holding(mail("m1"), mail("m2")).always("UID FETCH", new Step.Drop());
    try (var source = source()) {
      later(source.pull(Optional.empty()));
      server.recover();

      assertThat(drain(source, Optional.empty()).subjects()).containsExactly("m1", "m2");
    }
  }

  @Test
  void aMailDeletedBetweenListAndGetIsGone() {
    server.holding(mail("m1"), mail("gone"), mail("m3")).once("UID SEARCH", new Step.Say("* SEARCH 1 2 3 99\n{tag} OK done"));
    try (var source = source()) {
      assertThat(drain(source, Optional.of("1 1 1 1 1")).subjects()).containsExactly("m1", "gone", "m3");
    }
  }

  @Test
  void wrongSizesAndCountsAreNotBelieved() {
    server.holding(mail("m1"), mail("m2")).always("<mail> 1 (UID FLAGS",
            new Step.Say("* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 7 INTERNALDATE \"01-Nov-2026 10:00:00 +0000\")"))
        .once("SELECT", new Step.SayFirst("* 4711 EXISTS"));
    try (var source = source(); var first = page(source.pull(Optional.of("1 1 1 1 1"))).mails().getFirst()) {
      assertThat(first.content()).isInstanceOf(PulledMail.Content.Whole.class);
      assertThat(subject(first)).isEqualTo("m1");
    }
  }

  @Test
  void anUnreadableDateCostsNoMail() {
    server.holding(mail("m1")).once("<mail> 1 (UID FLAGS", new Step.Say("* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 7 INTERNALDATE \"yesterday\")"));

    assertThat(drain(source(), Optional.of("1 1 1 1 1")).subjects()).containsExactly("m1");
  }

  @Test
  void aNewUidValidityLosesNothingAndDoublesNothing() {
    server.holding(mail("m1"), mail("m2"));
    try (var source = source()) {
      var first = page(source.pull(Optional.empty()));
      server.holding(mail("m3"));
      server.renumber();
      source.drop();
      var again = drain(source, Optional.of(first.nextCursor()));

      assertThat(again.subjects()).containsExactly("m1", "m2", "m3");
      var rescan = page(source.pull(Optional.empty()));
      assertThat(rescan.mails()).extracting(PulledMail::sourceKey).containsAll(first.mails().stream().map(PulledMail::sourceKey).toList());
    }
  }

  @Test
  void gmailsOwnIdIsTheMailsIdentity() {
    server.offering("IMAP4rev1 IDLE X-GM-EXT-1").holding(mail("m1"));
    try (var source = source(); var first = page(source.pull(Optional.empty())).mails().getFirst()) {
      assertThat(first.sourceKey()).startsWith("gmail:18446744073709");
    }
  }

  @Test
  void truncatedMailIsMailToo() {
    server.holding("Subject: half".getBytes(StandardCharsets.US_ASCII), mail("m2"));

    assertThat(drain(source(), Optional.of("1 1 1 1 1")).subjects()).containsExactly("half", "m2");
  }

  @Test
  void anEmptyMailStopsNothing() {
    server.holding(new byte[0], mail("m2"));
    try (var source = source(); var page = new Closing(page(source.pull(Optional.of("1 1 1 1 1"))))) {
      assertThat(page.page.mails()).hasSize(2);
    }
  }

  private record Closing(PullOutcome.Page page) implements AutoCloseable {
    @Override
    public void close() {
      page.mails().forEach(PulledMail::close);
    }
  }
}
