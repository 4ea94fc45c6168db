package dev.posthorn.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.Step;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.real.Dovecot;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract with a real Dovecot, see docs/real-servers.md.
@Tag("real-servers")
class ImapSourceOnDovecotTest implements MailSourceContract {
  private final Watch watch = new Watch();
  private Dovecot server;

  @BeforeEach
  void start() {
    server = Dovecot.start();
  }

  @AfterEach
  void stop() {
    watch.close();
    if (server != null) {
      server.close();
    }
  }

  @Override
  public MailSource source(AfterImport afterImport) {
    return new ImapSource(account(), ImapAccounts.wishes(afterImport), watch, Clock.systemUTC());
  }

  private ImapAccount account() {
    return ImapAccounts.plain(server.port(), ImapAccounts.LIMITS);
  }

  @Override
  public void arrives(byte[] mail) {
    server.arrives("INBOX", mail);
  }

  @Override
  public List<String> mailbox() {
    return server.subjects("INBOX");
  }

  @Test
  void newsAreToldAtOnce() throws Exception {
    try (var source = source(AfterImport.NONE)) {
      MailSourceContract.drain(source, Optional.empty());
      var waiting = CompletableFuture.supplyAsync(() -> source.await(Duration.ofMinutes(5)));
      arrives(MailSourceContract.mail("m1"));

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(MailSource.Waited.NEWS);
    }
  }

  @Test
  void importedMailsAreMovedIntoAFolderOfAnyName() { // P-12
    server.makes("Erledigt & getan äöü");
    arrives(MailSourceContract.mail("m1"));
    arrives(MailSourceContract.mail("m2"));
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, false, AfterImport.MOVE, Optional.of("Erledigt & getan äöü"));
    try (var source = new ImapSource(account(), wishes, watch, Clock.systemUTC())) {
      var page = MailSourceContract.page(source.pull(Optional.empty()));

      assertThat(source.imported(List.of(page.mails().getFirst().reference()))).isEmpty();
      assertThat(mailbox()).containsExactly("*m2");
      assertThat(server.subjects("Erledigt & getan äöü")).containsExactly("*m1");
      page.mails().forEach(PulledMail::close);
    }
  }

  @Test
  void aLargeMailComesPieceByPiece() { // P-36
    var mail = (new String(MailSourceContract.mail("large"), StandardCharsets.UTF_8) + ("x".repeat(76) + "\r\n").repeat(40_000))
        .getBytes(StandardCharsets.UTF_8);
    arrives(mail);
    try (var source = source(AfterImport.NONE); var pulled = MailSourceContract.page(source.pull(Optional.empty())).mails().getFirst()) {
      assertThat(MailSourceContract.bytes(pulled)).isEqualTo(mail);
    }
  }

  @Test
  void aWrongPasswordIsTheAccountsFault() {
    var account = new ImapAccount(ImapAccounts.server(server.port(), Encryption.NONE, "open barley"), Trust.usual(), Reach.everywhere(),
        ImapAccounts.LIMITS);
    try (var source = new ImapSource(account, ImapAccounts.wishes(AfterImport.NONE), watch, Clock.systemUTC())) {
      assertThat(source.pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
          end -> assertThat(end.why()).doesNotContain("barley"));
    }
  }

  @Test
  void theFolderForSentMailIsFoundByItsMarkAndHoldsOneCopy() { // TH-11, TH-12, P-34
    var shelf = new SentShelf(account(), Optional.empty(), watch);
    var id = new MessageId("m1@customer.example");

    assertThat(shelf.look(id)).isInstanceOf(SentShelf.Found.Nowhere.class);
    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Done.class);
    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Already.class);

    assertThat(server.subjects("Gesendet")).containsExactly("m1");
    assertThat(shelf.look(id)).isInstanceOf(SentShelf.Found.There.class);
  }

  @Test
  void aCheckupGoesEveryStep() { // TH-03, TH-12
    var report = new ImapCheckup(account(), watch).run(new ImapCheckup.Needs("INBOX", Optional.empty(), Optional.of("")));

    assertThat(report.isGood()).as(report.toString()).isTrue();
    assertThat(report.sentFolder()).contains("Gesendet");
    assertThat(report.idles()).isTrue();
    var missing = new ImapCheckup(account(), watch).run(new ImapCheckup.Needs("Nowhere", Optional.empty(), Optional.empty()));
    assertThat(missing.findings().getLast()).matches(end -> end.step() == Step.FOLDER && !end.ok());
  }
}
