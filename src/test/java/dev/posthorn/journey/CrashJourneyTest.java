package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.Sender;
import dev.posthorn.support.crash.CrashAgent;
import dev.posthorn.support.crash.Fuse;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The process dies at each step of both walks, is started again, and everything ends right: nothing lost, nothing doubled.
/// The one end that nobody can know, a relay that took the mail from a node that died before it could write that down, is
/// sent again with the same Message-ID (`docs/failures.md`).
///
/// One node at a time on one database; the one that is started after a crash shows that it recovers, and is the next to die.
@Tag("packaged")
@Tag("jvm")
class CrashJourneyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path FUSE = Path.of("target", "nodes", "fuse");
  private static final Path AGENT = Path.of("target", "nodes", "crash-agent.jar");

  private static final Rows ROWS = Rows.fresh("crashes");
  private static final GreenMail RELAY = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static int starts;
  private static Node node;
  private static Office office;
  private static String ticket;

  /// Where the inbound walk is cut off.
  private enum Inbound {
    BEFORE_THE_ROW("entering", "intake.Intake#insert"),
    BEFORE_THE_COMMIT("leaving", "intake.Intake#store"),
    BEFORE_250("leaving", "intake.Intake#accept"),
    CLAIMED("leaving", "intake.InboundMails#claim"),
    FETCHED("leaving", "triage.MailReader#fetch"),
    PARSED("leaving", "triage.MailReader#read"),
    FILED_BUT_NOT_COMMITTED("leaving", "triage.Filing#file"),
    FILED("entering", "triage.Triage#count");

    final String moment;
    final String method;

    Inbound(String moment, String method) {
      this.moment = moment;
      this.method = "dev.posthorn." + method;
    }
  }

  /// Where the outbound walk is cut off, and how often the relay then gets the mail.
  private enum Outbound {
    BEFORE_THE_COMMIT("leaving", "outbox.Outbox#enqueue", 1, 1),
    // The commit has woken the sending worker: it may be anywhere.
    BEFORE_202("leaving", "web.OnceOnly#around", 1, 2),
    CLAIMED_BUT_NOT_COMMITTED("leaving", "outbox.Outbox#claim", 1, 1),
    CLAIMED("entering", "outbox.SendWorker#sendInPlace", 1, 1),
    BEFORE_SENDING("entering", "connector.smtp.SmtpSender#send", 1, 1),
    TAKEN_BY_THE_RELAY("leaving", "connector.smtp.SmtpSender#send", 2, 2),
    SETTLED_BUT_NOT_COMMITTED("leaving", "outbox.Outbox#settle", 2, 2),
    SETTLED("entering", "outbox.SendWorker#count", 1, 1);

    final String moment;
    final String method;
    final int atLeast;
    final int atMost;

    Outbound(String moment, String method, int atLeast, int atMost) {
      this.moment = moment;
      this.method = "dev.posthorn." + method;
      this.atLeast = atLeast;
      this.atMost = atMost;
    }
  }

  @BeforeAll
  static void firstStart() throws IOException {
    RELAY.start();
    Files.deleteIfExists(FUSE);
    start();
    office = Office.found(node, "crashes");
    Sender.send(node.smtpPort(), "anna@customer.example", office.address(),
        SampleMail.from("anna@customer.example").to(office.address()).subject("To be answered").bytes());
    ticket = await().atMost(LIMIT).until(() -> ROWS.words("select id from ticket"), found -> !found.isEmpty()).getFirst();
  }

  @AfterAll
  static void end() throws IOException {
    Files.deleteIfExists(FUSE);
    node.close();
    RELAY.stop();
  }

  @ParameterizedTest
  @EnumSource
  void mailIsFiledOnceWhereverTheNodeDies(Inbound point) throws IOException { // P-11, P-13
    var mail = SampleMail.from("anna@customer.example").to(office.address()).subject("Died " + point).bytes();
    light(point.moment, point.method);

    boolean acknowledged = acknowledged(mail);
    diesAndIsStartedAgain();
    // A sender that was not told 250 comes again; one that was never does.
    if (!acknowledged) {
      assertThat(acknowledged(mail)).isTrue();
    }

    var hash = Sha256.digest(mail).bytes();
    await().atMost(LIMIT).until(() -> ROWS.number("select count(*) from inbound_mail where state = 'pending'") == 0);
    assertThat(ROWS.words("select state from inbound_mail where sha256 = ?", hash)).containsExactly("ticketed");
    assertThat(ROWS.number("select count(*) from message where sha256 = ?", hash)).isEqualTo(1);
    assertThat(ROWS.number("select count(*) from ticket where subject = ?", "Died " + point)).isEqualTo(1);
    assertThat(ROWS.number("select max(number) - count(*) from ticket")).as("gaps in the numbers").isZero();
  }

  @ParameterizedTest
  @EnumSource
  void replyLeavesOnceWhereverTheNodeDies(Outbound point) {
    var text = "Answered, and died " + point + ".";
    light(point.moment, point.method);

    boolean accepted = accepted(text);
    diesAndIsStartedAgain();
    if (!accepted) {
      assertThat(accepted(text)).isTrue();
    }

    await().atMost(LIMIT).until(() -> ROWS.number("select count(*) from outbound_mail where state in ('queued', 'deferred')") == 0);
    assertThat(ROWS.words("select m.message_id from message m where m.text = ?", text)).singleElement().satisfies(id -> {
      assertThat(ROWS.words("select state from outbound_mail where message_id = ?", id)).containsExactly("sent");
      assertThat(relayed(id)).isBetween(point.atLeast, point.atMost);
    });
    assertThat(relayedWith(text)).as("no other mail has the text").isBetween(point.atLeast, point.atMost);
  }

  private static void light(String moment, String method) {
    try {
      Files.writeString(FUSE, moment + " " + method);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean acknowledged(byte[] mail) {
    try {
      return Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail) == 250;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean accepted(String text) {
    try {
      return office.reply(node, ticket, text, text).status() == 202;
    } catch (Office.DeadLine e) {
      return false;
    }
  }

  private static void diesAndIsStartedAgain() {
    assertThat(node.awaitEnd()).isEqualTo(Fuse.KILLED);
    try {
      Files.delete(FUSE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    start();
  }

  private static void start() {
    var points = Stream.concat(Arrays.stream(Inbound.values()).map(point -> point.method), Arrays.stream(Outbound.values()).map(point -> point.method));
    node = Node.plan("crashes", RELAY.getSmtp().getPort())
        .jvm(CrashAgent.argument(AGENT, FUSE, points.distinct().toList()))
        .start("crash-" + ++starts);
  }

  private static int relayed(String messageId) {
    return (int) received().stream().filter(mail -> header(mail, "Message-ID").equals("<" + messageId + ">")).count();
  }

  private static int relayedWith(String text) {
    return (int) received().stream().filter(mail -> text(mail).strip().equals(text)).count();
  }

  private static List<MimeMessage> received() {
    return List.of(RELAY.getReceivedMessages());
  }

  private static String header(MimeMessage mail, String name) {
    try {
      return mail.getHeader(name, null);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(MimeMessage mail) {
    try {
      return String.valueOf(mail.getContent());
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
