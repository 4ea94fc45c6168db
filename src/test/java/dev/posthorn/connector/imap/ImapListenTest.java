package dev.posthorn.connector.imap;

import static dev.posthorn.connector.MailSourceContract.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.ScriptedImapServer;
import dev.posthorn.connector.ScriptedImapServer.Step;
import dev.posthorn.wire.Watch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Listening to a server that tells of new mail by itself (IDLE), and to one that does not.
class ImapListenTest {
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
    return new ImapSource(ImapAccounts.plain(server.port(), limits), ImapAccounts.wishes(AfterImport.NONE), watch, Clock.systemUTC());
  }

  @Test
  void waitingHearsNewMail() throws Exception {
    try (var source = source()) {
      var waiting = CompletableFuture.supplyAsync(() -> source.await(Duration.ofSeconds(60)));
      await().until(() -> server.idling() == 1);
      server.holding(mail("m1"));

      assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(MailSource.Waited.NEWS);
    }
  }

  @Test
  void newMailThatIsToldOfJustBeforeListeningBeginsIsHeard() {
    server.once("IDLE", new Step.SayFirst("* 1 EXISTS"));
    try (var source = source()) {
      assertThat(source.await(Duration.ofMinutes(5))).isEqualTo(MailSource.Waited.NEWS);
    }
  }

  @Test
  void newMailThatIsToldOfWhileSomethingElseIsDoneIsHeard() {
    server.holding(mail("m1"));
    try (var source = new ImapSource(ImapAccounts.plain(server.port(), ImapAccounts.LIMITS), ImapAccounts.wishes(AfterImport.MARK_READ), watch, Clock.systemUTC());
        var mail = ((PullOutcome.Page) source.pull(Optional.of("1 1 1 1 1"))).mails().getFirst()) {
      server.once("UID STORE", new Step.SayFirst("* 2 EXISTS"));
      source.imported(List.of(mail.reference()));

      assertThat(source.await(Duration.ofMinutes(5))).isEqualTo(MailSource.Waited.NEWS);
    }
  }

  @Test
  void waitingEndsInTimeAndTheLineIsGoodForMore() {
    try (var source = source()) {
      assertThat(source.await(Duration.ofMillis(100))).isEqualTo(MailSource.Waited.QUIET);
      assertThat(source.await(Duration.ofMillis(100))).isEqualTo(MailSource.Waited.QUIET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aLineThatDiedInSilenceIsFoundOutWhenWaitingEnds() {
    server.once(ScriptedImapServer.DONE, new Step.Hush());
    try (var source = source(ImapAccounts.patient(300))) {
      assertThat(source.await(Duration.ofMillis(100))).isEqualTo(MailSource.Waited.LOST);
      assertThat(source.await(Duration.ofMillis(100))).isEqualTo(MailSource.Waited.QUIET);
    }
  }

  @Test
  void aServerWithoutIdleMustBeAsked() {
    server.offering("IMAP4rev1");
    try (var source = source()) {
      assertThat(source.await(Duration.ofSeconds(60))).isEqualTo(MailSource.Waited.CANNOT);
    }
  }

  @Test
  void whoWaitsIsWokenByTheEnd() throws Exception {
    var source = source();
    var waiting = CompletableFuture.supplyAsync(() -> source.await(Duration.ofSeconds(60)));
    await().until(() -> server.idling() == 1);
    source.close();

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(MailSource.Waited.LOST);
    await().until(() -> server.openConnections() == 0);
  }
}
