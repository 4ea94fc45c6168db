package dev.posthorn.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSenderContract;
import dev.posthorn.secret.Secret;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import jakarta.mail.MessagingException;

class SmtpSenderOnGreenMailTest implements MailSenderContract {

  private final GreenMail server = new GreenMail(new ServerSetup[] {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)});
  private final Watch watch = new Watch();
  private SmtpSender sender;

  @BeforeEach
  void start() {
    server.start();
    sender = new SmtpSender(Accounts.plain(server.getSmtp().getPort()), watch);
  }

  @AfterEach
  void stop() {
    sender.close();
    watch.close();
    server.stop();
  }

  @Override
  public MailSender sender() {
    return sender;
  }

  @Override
  public List<String> arrivedFor(String recipient) {
    var mails = new ArrayList<String>();
    try {
      var folder = server.getManagers().getImapHostManager().getInbox(server.getUserManager().getUserByEmail(recipient));
      for (var stored : folder.getMessages()) {
        var bytes = new ByteArrayOutputStream();
        stored.getMimeMessage().writeTo(bytes);
        mails.add(fromOurFirstHeader(bytes.toByteArray()));
      }
    } catch (FolderException | MessagingException | IOException e) {
      throw new AssertionError(e);
    }
    return mails;
  }

  /// GreenMail puts its Return-Path and Received before the mail and drops its last line end.
  private static String fromOurFirstHeader(byte[] mail) {
    var text = MailSenderContract.octets(mail);
    return text.substring(text.indexOf("From: Support")) + "\r\n";
  }

  @Test
  void mailLeavesByTlsFromTheFirstOctet() {
    var account = Accounts.with(server.getSmtps().getPort(), Security.TLS, Trust.anybody());

    assertThat(outcome(account)).isInstanceOf(Sent.class);
    assertThat(arrivedFor("tls@example.org")).hasSize(1);
  }

  @Test
  void unknownCertificateDefersTheMail() {
    var account = Accounts.with(server.getSmtps().getPort(), Security.TLS, Trust.usual());

    assertThat(outcome(account)).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("TLS failed"));
  }

  @Test
  void rightPasswordLetsTheMailThrough() {
    server.setUser("support@example.com", "support", "open sesame");
    var account = Accounts.with(server.getSmtp().getPort(), Security.NONE, new Login.Password("support", Secret.of("open sesame")));

    assertThat(outcome(account)).isInstanceOf(Sent.class);
  }

  @Test
  void wrongPasswordDefersTheMail() {
    server.setUser("support@example.com", "support", "open sesame");
    var account = Accounts.with(server.getSmtp().getPort(), Security.NONE, new Login.Password("support", Secret.of("open barley")));

    assertThat(outcome(account)).isInstanceOfSatisfying(Deferred.class, end -> assertThat(end.why()).contains("535"));
  }

  private SendOutcome outcome(SmtpAccount account) {
    try (var other = new SmtpSender(account, watch)) {
      return other.send(MailSenderContract.dispatch("agent@example.com",
          MailSenderContract.mail("tls", "Hello\r\n"), "tls@example.org")).getFirst().outcome();
    }
  }
}
