package dev.posthorn.connector.imap;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.wire.Watch;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/// The mailbox support@acme.example of a server in memory, from both sides: as its folders hold it, and as we reach it.
final class GreenMailbox implements AutoCloseable {
  final GreenMail server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)});
  final Watch watch = new Watch();
  private final GreenMailUser user;

  GreenMailbox() {
    server.start();
    user = server.setUser("support@acme.example", "support@acme.example", "open sesame");
  }

  ImapAccount account() {
    return ImapAccounts.plain(server.getImap().getPort(), ImapAccounts.LIMITS);
  }

  ImapSource source(MailboxWishes wishes) {
    return new ImapSource(account(), wishes, watch, Clock.systemUTC());
  }

  MailFolder inbox() {
    try {
      return host().getInbox(user);
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
  }

  MailFolder made(String name) {
    try {
      return host().createMailbox(user, name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private ImapHostManager host() {
    return server.getManagers().getImapHostManager();
  }

  void arrives(byte[] mail, Date received) {
    try {
      inbox().appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)), new Flags(), received);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  /// What is in a folder, in its order; a star before what is unread.
  static List<String> subjects(MailFolder folder) {
    return folder.getMessages().stream().map(stored -> {
      try {
        return (stored.getFlags().contains(Flags.Flag.SEEN) ? "" : "*") + stored.getMimeMessage().getSubject();
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }).toList();
  }

  @Override
  public void close() {
    watch.close();
    server.stop();
  }
}
