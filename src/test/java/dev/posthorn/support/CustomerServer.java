package dev.posthorn.support;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The customers' side: a real mail server that the platform's relay is pointed at. Every address has a mailbox there, read
/// by IMAP as a customer would.
public final class CustomerServer implements QuarkusTestResourceLifecycleManager {
  private static final String SMTP = "posthorn.test.customer-smtp";
  private static final String IMAP = "posthorn.test.customer-imap";

  private GreenMail server;
  private NullSenders front;

  @Override
  public Map<String, String> start() {
    server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)});
    server.start();
    server.getUserManager().setAuthRequired(false);
    front = NullSenders.before(server.getSmtp().getPort());
    System.setProperty(SMTP, String.valueOf(front.port()));
    System.setProperty(IMAP, String.valueOf(server.getImap().getPort()));
    return Map.of("quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", System.getProperty(SMTP));
  }

  @Override
  public void stop() {
    front.close();
    server.stop();
  }

  /// A mail, once it is there.
  ///
  /// @param messageId without brackets
  public static String received(String address, String messageId) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> inbox(address).stream().map(mail -> new String(mail, StandardCharsets.UTF_8))
        .filter(mail -> mail.contains("<" + messageId + ">")).findFirst(), Optional::isPresent).orElseThrow();
  }

  /// The raw mails in the inbox of an address, oldest first.
  public static List<byte[]> inbox(String address) {
    try (var store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect("127.0.0.1", Integer.getInteger(IMAP), address, address);
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        var mails = new ArrayList<byte[]>();
        for (var mail : inbox.getMessages()) {
          var bytes = new ByteArrayOutputStream();
          ((MimeMessage) mail).writeTo(bytes);
          mails.add(bytes.toByteArray());
        }
        return mails;
      }
    } catch (MessagingException | IOException e) {
      throw new AssertionError("The inbox of " + address + " could not be read", e);
    }
  }
}
