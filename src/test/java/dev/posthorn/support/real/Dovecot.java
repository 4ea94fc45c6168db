package dev.posthorn.support.real;

import dev.posthorn.support.FreePort;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// Dovecot with one mailbox: `support@acme.example`, whose password is `open sesame`.
public final class Dovecot implements AutoCloseable {
  public static final String USER = "support@acme.example";
  public static final String PASSWORD = "open sesame";
  private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");

  private final Daemon daemon = new Daemon("dovecot", PROGRAM);
  private final int port = FreePort.find();

  private Dovecot() {
    var here = daemon.directory();
    daemon.write("users", USER + ":{PLAIN}" + PASSWORD + "\n");
    var config = daemon.write("dovecot.conf", """
        base_dir = %1$s/run
        state_dir = %1$s/state
        log_path = %1$s/dovecot.log
        listen = 127.0.0.1
        protocols = imap
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        mail_location = maildir:%1$s/mail/%%u
        first_valid_uid = 1
        %2$s
        passdb {
          driver = passwd-file
          args = %1$s/users
        }
        userdb {
          driver = static
          args = uid=%3$s gid=%4$s home=%1$s/mail/%%u
        }
        service imap-login {
          inet_listener imap {
            address = 127.0.0.1
            port = %5$d
          }
          inet_listener imaps {
            port = 0
          }
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Gesendet {
            auto = create
            special_use = \\Sent
          }
          mailbox Trash {
            auto = create
            special_use = \\Trash
          }
        }
        """.formatted(here, Daemon.isRoot() ? "" : "default_internal_user = " + System.getProperty("user.name") + "\ndefault_login_user = "
            + System.getProperty("user.name") + "\nservice anvil {\n  chroot =\n}\nservice imap-login {\n  chroot =\n}",
        Daemon.isRoot() ? "nobody" : System.getProperty("user.name"), Daemon.isRoot() ? "nogroup" : System.getProperty("user.name"), port));
    var mail = here.resolve("mail").toFile();
    mail.mkdirs();
    mail.setWritable(true, false);
    daemon.start(List.of(PROGRAM.toString(), "-F", "-c", config.toString()), port);
  }

  public static Dovecot start() {
    return new Dovecot();
  }

  public int port() {
    return port;
  }

  /// What it has said about itself.
  public String words() {
    return daemon.words();
  }

  /// Another client of the same mailbox.
  private interface Client<T> {
    T with(Store store) throws MessagingException;
  }

  private <T> T as(Client<T> client) {
    var session = Session.getInstance(new Properties());
    try (var store = session.getStore("imap")) {
      store.connect("127.0.0.1", port, USER, PASSWORD);
      return client.with(store);
    } catch (MessagingException e) {
      throw new AssertionError(words(), e);
    }
  }

  /// Puts a mail into a folder.
  public void arrives(String folder, byte[] mail) {
    as(store -> {
      store.getFolder(folder).appendMessages(new Message[] {new MimeMessage(null, new ByteArrayInputStream(mail))});
      return null;
    });
  }

  public void makes(String folder) {
    as(store -> store.getFolder(folder).create(Folder.HOLDS_MESSAGES));
  }

  /// Subjects of a folder, with `*` before those of unread mails.
  public List<String> subjects(String name) {
    return as(store -> {
      var folder = store.getFolder(name);
      folder.open(Folder.READ_ONLY);
      var subjects = new ArrayList<String>();
      for (var mail : folder.getMessages()) {
        subjects.add((mail.isSet(Flags.Flag.SEEN) ? "" : "*") + mail.getSubject());
      }
      folder.close(false);
      return subjects;
    });
  }

  @Override
  public void close() {
    daemon.close();
  }
}
