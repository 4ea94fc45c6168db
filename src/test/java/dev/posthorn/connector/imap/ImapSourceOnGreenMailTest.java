package dev.posthorn.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.Step;
import dev.posthorn.secret.Secret;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import jakarta.mail.Flags;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImapSourceOnGreenMailTest implements MailSourceContract {
  private final GreenMailbox mailbox = new GreenMailbox();

  @AfterEach
  void stop() {
    mailbox.close();
  }

  @Override
  public MailSource source(AfterImport afterImport) {
    return mailbox.source(ImapAccounts.wishes(afterImport));
  }

  @Override
  public void arrives(byte[] mail) {
    mailbox.arrives(mail, new Date());
  }

  @Override
  public List<String> mailbox() {
    return GreenMailbox.subjects(mailbox.inbox());
  }

  @Test
  void importedMailsAreMoved() { // P-12
    var done = mailbox.made("Done");
    arrives(MailSourceContract.mail("m1"));
    arrives(MailSourceContract.mail("m2"));
    try (var source = source(AfterImport.MOVE)) {
      var page = MailSourceContract.page(source.pull(Optional.empty()));
      assertThat(source.imported(List.of(page.mails().getFirst().reference()))).isEmpty();

      assertThat(mailbox()).containsExactly("*m2");
      assertThat(GreenMailbox.subjects(done)).hasSize(1);
    }
  }

  @Test
  void aMissingFolderToMoveToIsSaidAndLosesNothing() {
    arrives(MailSourceContract.mail("m1"));
    try (var source = source(AfterImport.MOVE)) {
      var page = MailSourceContract.page(source.pull(Optional.empty()));

      assertThat(source.imported(List.of(page.mails().getFirst().reference()))).isPresent();
      assertThat(mailbox()).containsExactly("*m1");
      assertThat(source.pull(Optional.of(page.nextCursor()))).isInstanceOf(PullOutcome.Page.class);
    }
  }

  @Test
  void whatSomebodyHasReadComesToo() { // P-10
    arrives(MailSourceContract.mail("m1"));
    mailbox.inbox().getMessages().getFirst().setFlag(Flags.Flag.SEEN, true);

    assertThat(MailSourceContract.drain(source(AfterImport.NONE), Optional.empty()).subjects()).containsExactly("m1");
  }

  @Test
  void whoAsksForUnreadMailOnlyGetsNoOther() { // TH-28
    arrives(MailSourceContract.mail("m1"));
    mailbox.inbox().getMessages().getFirst().setFlag(Flags.Flag.SEEN, true);
    arrives(MailSourceContract.mail("m2"));
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, true, AfterImport.NONE, Optional.empty());

    assertThat(MailSourceContract.drain(mailbox.source(wishes), Optional.empty()).subjects()).containsExactly("m2");
  }

  @Test
  void ofWhatIsThereAlreadyOnlyTheWishedComes() {
    mailbox.arrives(MailSourceContract.mail("old"), Date.from(Instant.parse("2026-01-01T10:00:00Z")));
    mailbox.arrives(MailSourceContract.mail("young"), Date.from(Instant.parse("2026-03-01T10:00:00Z")));
    var wishes = new MailboxWishes("INBOX", Instant.parse("2026-02-01T00:00:00Z"), false, AfterImport.NONE, Optional.empty());

    assertThat(MailSourceContract.drain(mailbox.source(wishes), Optional.empty()).subjects()).containsExactly("young");
  }

  @Test
  void freshMailOvertakesTheBacklog() { // P-16
    for (int number = 1; number <= 9; number++) {
      arrives(MailSourceContract.mail("old" + number));
    }
    try (var source = source(AfterImport.NONE)) {
      var first = MailSourceContract.page(source.pull(Optional.empty()));
      arrives(MailSourceContract.mail("fresh"));
      var second = MailSourceContract.page(source.pull(Optional.of(first.nextCursor())));

      assertThat(second.mails()).extracting(MailSourceContract::subject).containsExactly("fresh");
      assertThat(MailSourceContract.drain(source, Optional.of(second.nextCursor())).subjects())
          .containsExactly("old4", "old5", "old6", "old7", "old8", "old9");
    }
  }

  @Test
  void aLargeMailComesPieceByPiece() { // P-36
    var body = new byte[3_000_000];
    var random = new Random(7);
    for (int at = 0; at < body.length; at++) {
      body[at] = (byte) (at % 78 == 76 ? '\r' : at % 78 == 77 ? '\n' : 'a' + random.nextInt(26));
    }
    var mail = (new String(MailSourceContract.mail("large"), StandardCharsets.UTF_8) + new String(body, StandardCharsets.US_ASCII) + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
    arrives(mail);
    arrives(MailSourceContract.mail("after"));
    try (var source = source(AfterImport.NONE)) {
      var page = MailSourceContract.page(source.pull(Optional.empty()));

      assertThat(MailSourceContract.bytes(page.mails().getFirst())).isEqualTo(mail);
      assertThat(MailSourceContract.drain(source, Optional.of(page.nextCursor())).subjects()).containsExactly("after");
      page.mails().getFirst().close();
    }
  }

  @Test
  void aMailBeyondTheLimitIsToldByItsBeginning() { // P-36
    var limits = new ImapLimits(ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG,
        100_000_000, 8192, 3, 1_000_000, 20_000, 100_000);
    arrives((new String(MailSourceContract.mail("large"), StandardCharsets.UTF_8) + "x".repeat(70).concat("\r\n").repeat(1000))
        .getBytes(StandardCharsets.UTF_8));
    arrives(MailSourceContract.mail("after"));
    try (var source = new ImapSource(ImapAccounts.plain(mailbox.server.getImap().getPort(), limits), ImapAccounts.wishes(AfterImport.NONE),
        mailbox.watch, Clock.systemUTC())) {
      var subjects = MailSourceContract.drain(source, Optional.empty()).subjects();

      assertThat(subjects).hasSize(2).last().isEqualTo("after");
      assertThat(subjects.getFirst()).startsWith("too large: 72");
    }
  }

  @Test
  void aNewUidValidityMakesNoOtherMailsOfTheSame() {
    arrives(MailSourceContract.mail("m1"));
    try (var source = source(AfterImport.NONE)) {
      var page = MailSourceContract.page(source.pull(Optional.empty()));
      var other = page.nextCursor().replaceFirst("^1 (\\d+)", "1 77");
      var again = MailSourceContract.page(source.pull(Optional.of(other)));

      assertThat(again.mails()).hasSize(1);
      assertThat(again.mails().getFirst().sourceKey()).isEqualTo(page.mails().getFirst().sourceKey());
      assertThat(again.nextCursor()).isEqualTo(page.nextCursor());
    }
  }

  @Test
  void aWrongPasswordIsTheAccountsFault() {
    var account = new ImapAccount(ImapAccounts.server(mailbox.server.getImap().getPort(), Encryption.NONE, "open barley"), Trust.usual(),
        Reach.everywhere(), ImapAccounts.LIMITS);
    try (var source = new ImapSource(account, ImapAccounts.wishes(AfterImport.NONE), mailbox.watch, Clock.systemUTC())) {
      assertThat(source.pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Revoked.class,
          end -> assertThat(end.why()).doesNotContain("barley"));
    }
  }

  @Test
  void aTokenLetsIn() {
    var token = new ServerAccount("127.0.0.1", mailbox.server.getImap().getPort(), Encryption.NONE, "support@acme.example",
        new Credential.Token(Secret.of("open sesame")));
    var account = new ImapAccount(token, Trust.usual(), Reach.everywhere(), ImapAccounts.LIMITS);
    try (var source = new ImapSource(account, ImapAccounts.wishes(AfterImport.NONE), mailbox.watch, Clock.systemUTC())) {
      assertThat(source.pull(Optional.empty())).isInstanceOf(PullOutcome.Page.class);
    }
  }

  @Test
  void theLineIsEncryptedFromTheFirstOctet() {
    arrives(MailSourceContract.mail("m1"));

    assertThat(encrypted(Trust.anybody()).pull(Optional.empty())).isInstanceOf(PullOutcome.Page.class);
    assertThat(encrypted(Trust.usual()).pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class,
        end -> assertThat(end.step()).isEqualTo(Step.TLS));
  }

  private ImapSource encrypted(Trust trust) {
    var account = new ImapAccount(ImapAccounts.server(mailbox.server.getImaps().getPort(), Encryption.TLS, "open sesame"), trust,
        Reach.everywhere(), ImapAccounts.LIMITS);
    return new ImapSource(account, ImapAccounts.wishes(AfterImport.NONE), mailbox.watch, Clock.systemUTC());
  }
}
