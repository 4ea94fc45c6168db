package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Credential;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSenderContract;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.imap.ImapAccount;
import dev.posthorn.connector.imap.ImapLimits;
import dev.posthorn.connector.imap.SentShelf;
import dev.posthorn.connector.smtp.SmtpAccount;
import dev.posthorn.connector.smtp.SmtpLimits;
import dev.posthorn.connector.smtp.SmtpSender;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.secret.Secret;
import dev.posthorn.support.Provider;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// After an end that nobody heard, the folder for sent mail is looked into.
class LookingSenderTest {
  private static final String SUPPORT = "support@acme.example";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] MAIL = MailSenderContract.mail("answer", "Hello\r\n", "anna@customer.example");

  private final Provider provider = Provider.start().with(SUPPORT);
  private final ScriptedSmtpServer smtp = ScriptedSmtpServer.start(ScriptedSmtpServer.drop(ScriptedSmtpServer.END));
  private final Watch watch = new Watch();

  @AfterEach
  void stop() {
    watch.close();
    smtp.close();
    provider.close();
  }

  private static ServerAccount at(int port) {
    return new ServerAccount("127.0.0.1", port, Encryption.NONE, SUPPORT, new Credential.Password(Secret.of(Provider.PASSWORD)));
  }

  private LookingSender sender(int imapPort, boolean keepsCopies) {
    var limits = new ImapLimits(LONG, LONG, LONG, LONG, LONG, 1_000_000, 4096, 3, 1_000_000, 1_000_000, 100_000);
    return new LookingSender(new SmtpSender(SmtpAccount.of(at(smtp.port()), Trust.usual(), Reach.everywhere(),
        new SmtpLimits(LONG, LONG, LONG, LONG, LONG, 2, 10, LONG, LONG, 100_000)), watch),
        new SentShelf(new ImapAccount(at(imapPort), Trust.usual(), Reach.everywhere(), limits), Optional.empty(), watch), keepsCopies);
  }

  private static Dispatch dispatch(boolean inDoubt) {
    return new Dispatch(SUPPORT, List.of(Address.of("anna@customer.example")), new MessageId("answer@example.com"), RawMail.of(MAIL), inDoubt);
  }

  private static SendOutcome outcome(LookingSender sender, boolean inDoubt) {
    return sender.send(dispatch(inDoubt)).getFirst().outcome();
  }

  @Test
  void whatTheMailboxHasSentIsNotSentAgain() {
    try (var sender = sender(provider.imapPort(), false)) {
      assertThat(outcome(sender, false)).isInstanceOf(SendOutcome.Unknown.class);
      provider.keeps(SUPPORT, "Sent", MAIL);
      int asked = smtp.commands().size();

      assertThat(outcome(sender, true)).isEqualTo(new SendOutcome.Sent("found among what the mailbox has sent"));
      assertThat(smtp.commands()).hasSize(asked);
    }
  }

  @Test
  void whatIsNotThereGoesOutOnceMore() {
    try (var sender = sender(provider.imapPort(), true)) {
      assertThat(outcome(sender, false)).isInstanceOf(SendOutcome.Unknown.class);

      assertThat(outcome(sender, true)).isInstanceOf(SendOutcome.Sent.class);
      assertThat(smtp.taken()).hasSize(2);
    }
  }

  @Test
  void whereTheServerKeepsCopiesNothingLeavesBeforeItWasAsked() {
    try (var sender = sender(1, true); var other = sender(1, false)) {
      outcome(sender, false);
      int asked = smtp.commands().size();

      assertThat(outcome(sender, true)).isInstanceOf(SendOutcome.Deferred.class);
      assertThat(smtp.commands()).hasSize(asked);
      assertThat(outcome(other, true)).isInstanceOf(SendOutcome.Sent.class);
    }
  }
}
