package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.Gate;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.Sender;
import dev.posthorn.support.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the house stands on is taken away while mail goes on: whoever brings mail is told to come again, never 250; nothing
/// is lost; and when it is back everything goes on by itself.
@Tag("packaged")
class OutageJourneyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int COME_AGAIN = 451;
  private static final String FULL = "could not extend file: No space left on device";

  private static final Rows ROWS = Rows.fresh("outage");
  private static final GreenMail RELAY = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static Gate gate;
  private static Path scratch;
  private static Node node;
  private static Office office;

  @BeforeAll
  static void start() throws IOException {
    RELAY.start();
    gate = Gate.before(TestDatabase.port());
    scratch = Files.createTempDirectory("outage-");
    node = Node.plan("outage", RELAY.getSmtp().getPort())
        .set("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + gate.port() + "/outage")
        .set("quarkus.datasource.jdbc.acquisition-timeout", "2s")
        .set("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "2")
        .set("java.io.tmpdir", scratch.toString())
        .start("outage");
    office = Office.found(node, "outage");
  }

  @AfterEach
  void everythingIsBack() {
    gate.open();
    ROWS.execute("drop function if exists full() cascade");
    await().atMost(LIMIT).until(() -> node.status("/q/health/ready") == 200);
  }

  @AfterAll
  static void end() {
    node.close();
    gate.close();
    RELAY.stop();
  }

  @Test
  void recipientsAreNotRefusedWhileTheDatabaseIsDown() throws IOException {
    var mail = mail("down at RCPT");
    gate.cut();

    assertThat(send(mail)).isEqualTo(COME_AGAIN);
    assertThat(node.status("/q/health/ready")).isEqualTo(503);
    assertThat(node.status("/q/health/live")).isEqualTo(200);

    gate.open();
    comesAgain(mail);
  }

  @Test
  void mailIsNotAcknowledgedWhenTheDatabaseGoesDown() throws IOException {
    var mail = mail("down at DATA");

    assertThat(Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail, gate::cut)).isEqualTo(COME_AGAIN);

    gate.open();
    comesAgain(mail);
  }

  @Test
  void mailIsNotAcknowledgedWhenTheDatabaseFallsSilent() throws IOException {
    var mail = mail("silent at DATA");

    assertThat(Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail, gate::stall)).isEqualTo(COME_AGAIN);

    gate.open();
    comesAgain(mail);
  }

  @Test
  void mailIsNotAcknowledgedWhenTheDatabasesDiskIsFull() throws IOException { // P-44
    var mail = mail("full at insert");
    ROWS.execute(full("create trigger disk_full before insert on blob for each row execute function disk_full()"));

    assertThat(send(mail)).isEqualTo(COME_AGAIN);
    assertThat(ROWS.number("select count(*) from inbound_mail where sha256 = ?", hash(mail))).isZero();

    ROWS.execute("drop function disk_full() cascade");
    comesAgain(mail);
  }

  @Test
  void mailIsNotAcknowledgedWhenTheCommitFails() throws IOException {
    var mail = mail("full at commit");
    ROWS.execute(full("create constraint trigger disk_full after insert on inbound_mail deferrable initially deferred for each row execute function disk_full()"));

    assertThat(send(mail)).isEqualTo(COME_AGAIN);

    ROWS.execute("drop function disk_full() cascade");
    comesAgain(mail);
  }

  @Test
  void mailIsNotAcknowledgedWhenThereIsNoRoomForItsBytesOnTheWay() throws IOException {
    var mail = SampleMail.from("anna@customer.example").to(office.address()).subject("no scratch").body("0123456789 abcdef\n".repeat(60_000)).bytes();
    try (var files = Files.list(scratch)) {
      assertThat(files.filter(Files::isRegularFile)).as("temporary files left behind").isEmpty();
    }
    var moved = scratch.resolveSibling(scratch.getFileName() + "-away");
    Files.move(scratch, moved);
    try {
      assertThat(send(mail)).isEqualTo(COME_AGAIN);
    } finally {
      Files.move(moved, scratch);
    }
    comesAgain(mail);
  }

  @Test
  void pushedMailIsAnsweredAsTroubleWhileTheDatabaseIsDown() {
    var channel = office.get(node, "/api/v1/inbound-channels").at("/items/0/id").asText();
    gate.cut();

    assertThat(office.push(node, channel, mail("pushed")).status()).isEqualTo(503);

    gate.open();
    await().atMost(LIMIT).until(() -> office.push(node, channel, mail("pushed")).status() == 202);
  }

  @Test
  void mailThatIsStoredIsFiledAfterAnOutage() throws IOException {
    var mail = mail("stored before");
    ROWS.execute(full("create trigger disk_full before insert on message for each row execute function disk_full()"));
    assertThat(send(mail)).isEqualTo(250);
    await().atMost(LIMIT).until(() -> ROWS.number("select attempts from inbound_mail where sha256 = ?", hash(mail)) > 1);
    gate.cut();

    ROWS.execute("drop function disk_full() cascade");
    gate.open();

    filed(mail);
  }

  @Test
  void replyLeavesOnceThoughItsEndCannotBeWrittenDown() throws IOException {
    var mail = mail("to be answered");
    assertThat(send(mail)).isEqualTo(250);
    filed(mail);
    var ticket = ROWS.words("select ticket_id from message where sha256 = ?", hash(mail)).getFirst();
    ROWS.execute(full("create trigger disk_full before update on outbound_mail for each row when (new.state = 'sent') execute function disk_full()"));

    var reply = office.reply(node, ticket, "Once.", "once");
    assertThat(reply.status()).isEqualTo(202);
    var id = reply.body().get("messageId").asText();
    // The relay has it, and a lease and more has passed since: another worker would have come, were it not prolonged.
    await().atMost(LIMIT).until(() -> ROWS.number(
        "select count(*) from outbound_mail where message_id = ? and due_at > created_at + interval '7 seconds'", id) == 1);
    ROWS.execute("drop function disk_full() cascade");

    await().atMost(LIMIT).until(() -> ROWS.words("select state from outbound_mail where message_id = ?", id).contains("sent"));
    // Beside it the customer got the team's confirmation.
    assertThat(Arrays.stream(RELAY.getReceivedMessages()).map(OutageJourneyTest::messageId)).filteredOn(("<" + id + ">")::equals).hasSize(1);
  }

  private static String messageId(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] mail(String subject) {
    return SampleMail.from("anna@customer.example").to(office.address()).subject(subject).bytes();
  }

  private static byte[] hash(byte[] mail) {
    return Sha256.digest(mail).bytes();
  }

  private static int send(byte[] mail) throws IOException {
    return Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail);
  }

  /// The sender keeps the mail and comes again until it is told 250; then it is filed, and once.
  private static void comesAgain(byte[] mail) {
    await().atMost(LIMIT).until(() -> send(mail) == 250);
    filed(mail);
  }

  private static void filed(byte[] mail) {
    await().atMost(LIMIT).until(() -> !ROWS.words("select id from inbound_mail where sha256 = ? and state = 'ticketed'", hash(mail)).isEmpty());
    assertThat(ROWS.number("select count(*) from inbound_mail where sha256 = ?", hash(mail))).isEqualTo(1);
    assertThat(ROWS.number("select count(*) from message where sha256 = ?", hash(mail))).isEqualTo(1);
  }

  /// The server's own error for a full disk: SQLSTATE 53100 (PostgreSQL manual, appendix A).
  private static String full(String trigger) {
    return "create function disk_full() returns trigger language plpgsql as $$ begin raise exception '" + FULL
        + "' using errcode = '53100'; end $$; " + trigger;
  }
}
