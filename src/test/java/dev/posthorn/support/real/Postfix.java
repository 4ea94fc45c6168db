package dev.posthorn.support.real;

import dev.posthorn.support.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Postfix that takes mail for anybody at `example.org` and refuses `nobody@example.org`.
public final class Postfix implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/postfix");

  private final Daemon daemon = new Daemon("postfix", PROGRAM);
  private final int port = FreePort.find();

  private Postfix() {
    Assumptions.assumeTrue(Daemon.isRoot(), "Postfix runs for root alone");
    var here = daemon.directory();
    for (var directory : List.of("queue", "data", "mail")) {
      here.resolve(directory).toFile().mkdirs();
    }
    run("chown", "postfix", here.resolve("data").toString());
    run("chown", "nobody", here.resolve("mail").toString());
    daemon.write("recipients", "/^nobody@/ REJECT 5.1.1 nobody of that name\n");
    daemon.write("mailboxes", "@example.org all/\n");
    daemon.write("conf/main.cf", """
        compatibility_level = 3.6
        myhostname = real.example.org
        mydestination =
        mynetworks = 127.0.0.0/8
        inet_interfaces = 127.0.0.1
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        maillog_file = %1$s/postfix.log
        maillog_file_prefixes = %1$s
        virtual_mailbox_domains = example.org
        virtual_mailbox_base = %1$s/mail
        virtual_mailbox_maps = texthash:%1$s/mailboxes
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        virtual_minimum_uid = 1
        message_size_limit = 30000000
        smtpd_recipient_restrictions = check_recipient_access regexp:%1$s/recipients, reject_unauth_destination
        smtpd_client_connection_count_limit = 0
        # Nothing ever leaves this machine.
        default_transport = discard
        relay_transport = discard
        # What comes is kept as it comes.
        local_header_rewrite_clients =
        """.formatted(here));
    daemon.write("conf/master.cf", """
        127.0.0.1:%1$d inet n - n - - smtpd
        postlog   unix-dgram n - n - 1 postlogd
        pickup    unix n - n 60 1 pickup
        cleanup   unix n - n - 0 cleanup
        qmgr      unix n - n 300 1 qmgr
        tlsmgr    unix - - n 1000? 1 tlsmgr
        rewrite   unix - - n - - trivial-rewrite
        bounce    unix - - n - 0 bounce
        defer     unix - - n - 0 bounce
        trace     unix - - n - 0 bounce
        verify    unix - - n - 1 verify
        flush     unix n - n 1000? 0 flush
        proxymap  unix - - n - - proxymap
        error     unix - - n - - error
        retry     unix - - n - - error
        discard   unix - - n - - discard
        local     unix - n n - - local
        virtual   unix - n n - - virtual
        anvil     unix - - n - 1 anvil
        scache    unix - - n - 1 scache
        """.formatted(port));
    daemon.start(List.of(PROGRAM.toString(), "-c", here.resolve("conf").toString(), "start-fg"), port);
  }

  public static Postfix start() {
    return new Postfix();
  }

  private static void run(String... command) {
    try {
      if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public int port() {
    return port;
  }

  public String words() {
    return daemon.words();
  }

  /// The mails that came for somebody at `example.org` until now, with the line ends of the wire.
  public List<String> mails(String recipient) {
    return all().stream().filter(mail -> mail.contains("\r\nDelivered-To: " + recipient + "\r\n")).toList();
  }

  private List<String> all() {
    var maildir = daemon.directory().resolve("mail").resolve("all").resolve("new");
    if (!Files.isDirectory(maildir)) {
      return List.of();
    }
    try (var files = Files.list(maildir)) {
      var mails = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        mails.add(Files.readString(file, StandardCharsets.ISO_8859_1).replace("\n", "\r\n"));
      }
      return mails;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its master is a session of its own, and hears of no signal that its script gets.
  @Override
  public void close() {
    run(PROGRAM.toString(), "-c", daemon.directory().resolve("conf").toString(), "stop");
    daemon.close();
  }
}
