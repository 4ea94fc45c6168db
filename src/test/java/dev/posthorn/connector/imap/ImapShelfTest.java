package dev.posthorn.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.Step;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.wire.Watch;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a mailbox needs beside its mails: a folder for copies, and a checkup before it is saved.
class ImapShelfTest implements MailSourceContract {
  private final GreenMail server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)});
  private final Watch watch = new Watch();
  private GreenMailUser user;

  @BeforeEach
  void start() {
    server.start();
    user = server.setUser("support@acme.example", "support@acme.example", "open sesame");
  }

  @AfterEach
  void stop() {
    watch.close();
    server.stop();
  }

  @Override
  public MailSource source(AfterImport afterImport) {
    return source(ImapAccounts.wishes(afterImport));
  }

  @Override
  public void arrives(byte[] mail) {
    put(inbox(), mail, new Date());
  }

  @Override
  public List<String> mailbox() {
    return subjects(inbox());
  }

  @Test
  void aCopyOfWhatWasSentIsKeptOnce() { // TH-11, P-34
    var sent = made("Sent");
    var shelf = new SentShelf(account(), Optional.empty(), watch);
    var id = new MessageId("m1@customer.example");

    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Done.class);
    assertThat(shelf.keep(id, RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Already.class);

    assertThat(subjects(sent)).containsExactly("m1");
  }

  @Test
  void aMissingFolderForCopiesIsSaid() { // TH-12
    assertThat(new SentShelf(account(), Optional.empty(), watch).keep(new MessageId("x@y"), RawMail.of(MailSourceContract.mail("x"))))
        .isEqualTo(new SentShelf.Kept.Later("the mailbox has no folder for sent mail"));
    assertThat(new SentShelf(account(), Optional.of("Nowhere"), watch).keep(new MessageId("x@y"), RawMail.of(MailSourceContract.mail("x"))))
        .isInstanceOf(SentShelf.Kept.Later.class);
  }

  @Test
  void aCheckupGoesEveryStepAndSaysWhereToBegin() { // TH-03, TH-12
    made("Gesendet");
    arrives(MailSourceContract.mail("m1"));
    var report = new ImapCheckup(account(), watch).run(new ImapCheckup.Needs("INBOX", Optional.empty(), Optional.of("")));

    assertThat(report.isGood()).as(report.toString()).isTrue();
    assertThat(report.sentFolder()).contains("Gesendet");
    assertThat(report.idles()).isTrue();
    try (var source = source(AfterImport.NONE)) {
      assertThat(MailSourceContract.drain(source, Optional.of(report.cursor().orElseThrow().fromNowOn())).subjects()).isEmpty();
      assertThat(MailSourceContract.drain(source, Optional.of(report.cursor().orElseThrow().withHistory())).subjects()).containsExactly("m1");
    }
    assertThat(mailbox()).containsExactly("*m1");
  }

  @Test
  void aCheckupEndsAtTheStepThatFails() {
    var needs = new ImapCheckup.Needs("Nowhere", Optional.empty(), Optional.empty());
    assertThat(new ImapCheckup(account(), watch).run(needs).findings().getLast()).matches(end -> end.step() == Step.FOLDER && !end.ok());
    var sent = new ImapCheckup.Needs("INBOX", Optional.empty(), Optional.of("Nowhere"));
    assertThat(new ImapCheckup(account(), watch).run(sent).findings().getLast()).matches(end -> end.step() == Step.SENT_FOLDER && !end.ok());
    var moving = new ImapCheckup.Needs("INBOX", Optional.of("Nowhere"), Optional.empty());
    assertThat(new ImapCheckup(account(), watch).run(moving).isGood()).isFalse();
  }

  private ImapSource source(MailboxWishes wishes) {
    return new ImapSource(account(), wishes, watch, Clock.systemUTC());
  }

  private ImapAccount account() {
    return ImapAccounts.plain(server.getImap().getPort(), ImapAccounts.LIMITS);
  }

  private static void put(MailFolder folder, byte[] mail, Date received) {
    try {
      folder.appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)), new Flags(), received);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> subjects(MailFolder folder) {
    try {
      return folder.getMessages().stream().map(stored -> {
        try {
          return (stored.getFlags().contains(Flags.Flag.SEEN) ? "" : "*") + stored.getMimeMessage().getSubject();
        } catch (MessagingException e) {
          throw new AssertionError(e);
        }
      }).toList();
    } catch (RuntimeException e) {
      throw new AssertionError(e);
    }
  }

  private MailFolder inbox() {
    try {
      return host().getInbox(user);
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
  }

  private ImapHostManager host() {
    return server.getManagers().getImapHostManager();
  }

  private MailFolder made(String name) {
    try {
      return host().createMailbox(user, name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
