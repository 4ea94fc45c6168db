package dev.posthorn.support;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A company's mail provider: IMAP and SMTP on this machine, and its customers have their inboxes there too.
public final class Provider implements AutoCloseable {
  public static final String PASSWORD = "open-sesame-7";

  private final GreenMail server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)});

  private Provider() {
    server.start();
  }

  public static Provider start() {
    return new Provider();
  }

  /// A mailbox with a folder for sent mail.
  public Provider with(String address) {
    var user = server.setUser(address, address, PASSWORD);
    try {
      server.getManagers().getImapHostManager().createMailbox(user, "Sent");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return this;
  }

  public void password(String address, String password) {
    user(address).setPassword(password);
  }

  /// What to POST to connect it.
  public Map<String, Object> wish(String address) {
    var wish = new HashMap<String, Object>(Map.of("kind", "imap", "address", address, "password", PASSWORD,
        "imap", Map.of("host", "127.0.0.1", "port", imapPort(), "security", "none"),
        "smtp", Map.of("host", "127.0.0.1", "port", server.getSmtp().getPort(), "security", "none")));
    return wish;
  }

  public Map<String, Object> wish(String address, String name, Object value) {
    var wish = wish(address);
    wish.put(name, value);
    return wish;
  }

  public int imapPort() {
    return server.getImap().getPort();
  }

  public int smtpPort() {
    return server.getSmtp().getPort();
  }

  /// Puts a mail into the mailbox.
  public void arrives(String address, byte[] mail, Date received) {
    try {
      folder(address, "INBOX").appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)),
          new Flags(), received);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  public void arrives(String address, byte[] mail) {
    arrives(address, mail, new Date());
  }

  /// Puts a mail into a folder, as a server does that keeps copies of what it sends.
  public void keeps(String address, String folder, byte[] mail) {
    try {
      folder(address, folder).appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)),
          new Flags(Flags.Flag.SEEN), new Date());
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  /// The raw mails of a folder, once there are so many.
  public List<byte[]> mails(String address, String folder, int count) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> raw(address, folder), mails -> mails.size() >= count);
  }

  private List<byte[]> raw(String address, String folder) {
    var mails = new ArrayList<byte[]>();
    for (var stored : folder(address, folder).getMessages()) {
      var bytes = new ByteArrayOutputStream();
      try {
        stored.getMimeMessage().writeTo(bytes);
      } catch (IOException | MessagingException e) {
        throw new AssertionError(e);
      }
      mails.add(bytes.toByteArray());
    }
    return mails;
  }

  /// How many mails of the inbox are unread.
  public long unread(String address) {
    return folder(address, "INBOX").getMessages().stream().filter(mail -> !mail.getFlags().contains(Flags.Flag.SEEN)).count();
  }

  private MailFolder folder(String address, String name) {
    try {
      var host = server.getManagers().getImapHostManager();
      return name.equals("INBOX") ? host.getInbox(user(address)) : host.getFolder(user(address), name);
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
  }

  private GreenMailUser user(String address) {
    return server.getUserManager().getUserByEmail(address);
  }

  @Override
  public void close() {
    server.stop();
  }
}
