package dev.posthorn.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.Step;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a mailbox needs beside its mails: a folder for copies, and a checkup before it is saved.
class ImapShelfTest {
  private final GreenMailbox mailbox = new GreenMailbox();

  @AfterEach
  void stop() {
    mailbox.close();
  }

  @Test
  void aCopyOfWhatWasSentIsKeptOnce() { // TH-11, P-34
    var sent = mailbox.made("Sent");
    var shelf = new SentShelf(mailbox.account(), Optional.empty(), mailbox.watch);
    var id = new MessageId("m1@customer.example");

    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Done.class);
    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Already.class);

    assertThat(GreenMailbox.subjects(sent)).containsExactly("m1");
  }

  @Test
  void aMissingFolderForCopiesIsSaid() { // TH-12
    assertThat(new SentShelf(mailbox.account(), Optional.empty(), mailbox.watch).keep(new MessageId("x@y"), RawMail.of(MailSourceContract.mail("x"))))
        .isEqualTo(new SentShelf.Kept.Later("the mailbox has no folder for sent mail"));
    assertThat(new SentShelf(mailbox.account(), Optional.of("Nowhere"), mailbox.watch).keep(new MessageId("x@y"), RawMail.of(MailSourceContract.mail("x"))))
        .isInstanceOf(SentShelf.Kept.Later.class);
  }

  @Test
  void aCheckupGoesEveryStepAndSaysWhereToBegin() { // TH-03, TH-12
    mailbox.made("Gesendet");
    mailbox.arrives(MailSourceContract.mail("m1"), new Date());
    var report = new ImapCheckup(mailbox.account(), mailbox.watch).run(new ImapCheckup.Needs("INBOX", Optional.empty(), Optional.of("")));

    assertThat(report.isGood()).as(report.toString()).isTrue();
    assertThat(report.sentFolder()).contains("Gesendet");
    assertThat(report.idles()).isTrue();
    try (var source = mailbox.source(ImapAccounts.wishes(AfterImport.NONE))) {
      assertThat(MailSourceContract.drain(source, Optional.of(report.cursor().orElseThrow().fromNowOn())).subjects()).isEmpty();
      assertThat(MailSourceContract.drain(source, Optional.of(report.cursor().orElseThrow().withHistory())).subjects()).containsExactly("m1");
    }
    assertThat(GreenMailbox.subjects(mailbox.inbox())).containsExactly("*m1");
  }

  @Test
  void aCheckupEndsAtTheStepThatFails() {
    var needs = new ImapCheckup.Needs("Nowhere", Optional.empty(), Optional.empty());
    assertThat(new ImapCheckup(mailbox.account(), mailbox.watch).run(needs).findings().getLast()).matches(end -> end.step() == Step.FOLDER && !end.ok());
    var sent = new ImapCheckup.Needs("INBOX", Optional.empty(), Optional.of("Nowhere"));
    assertThat(new ImapCheckup(mailbox.account(), mailbox.watch).run(sent).findings().getLast()).matches(end -> end.step() == Step.SENT_FOLDER && !end.ok());
    var moving = new ImapCheckup.Needs("INBOX", Optional.of("Nowhere"), Optional.empty());
    assertThat(new ImapCheckup(mailbox.account(), mailbox.watch).run(moving).isGood()).isFalse();
  }
}
