package dev.posthorn.benchmark;

import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.imap.BareReading;
import dev.posthorn.connector.ScriptedImapServer;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Connected mailboxes on the packaged application: what a thousand that listen cost, how long a mail takes from the mailbox to
/// its ticket, and how fast a backlog is read. Says figures, asserts nothing about time.
@Tag("benchmark")
class MailboxBenchmark {
  private static final int MAILBOXES = Integer.getInteger("posthorn.benchmark.mailboxes", 1_000);
  private static final int BACKLOG = Integer.getInteger("posthorn.benchmark.backlog", 5_000);
  private static final int DELAYS = 50;
  private static final String BODY = "A line of a letter that is neither short nor long, 79 characters with its end\r\n".repeat(60);

  private static Node.Plan plan(String database) {
    return Node.plan(database, 1).jvm("-XX:TieredStopAtLevel=4").jvm("-XX:MinHeapFreeRatio=5").jvm("-XX:MaxHeapFreeRatio=10")
        .set("quarkus.log.category.\"dev.posthorn.connector\".level", "WARN")
        .set("posthorn.web.rate-limit.per-minute", "1000000").set("posthorn.web.rate-limit.burst", "1000000")
        .set("posthorn.wire.allowed-networks", "127.0.0.0/8").set("posthorn.mailbox.allow-unencrypted", "true")
        .set("posthorn.pull.connections-per-host", "5000").set("posthorn.pull.between-connections", "1ms")
        .set("posthorn.pull.claim-interval", "200ms");
  }

  private static Map<String, Object> wish(String address, int imap, int smtp, int days) {
    return Map.of("kind", "imap", "address", address, "password", "open sesame", "historyDays", days, "keepSent", false,
        "imap", Map.of("host", "127.0.0.1", "port", imap, "security", "none"),
        "smtp", Map.of("host", "127.0.0.1", "port", smtp, "security", "none"));
  }

  @Test
  void aThousandMailboxesThatListen() throws Exception {
    var rows = Rows.fresh("benchmark_idle");
    try (var silent = ScriptedImapServer.start(); var busy = ScriptedImapServer.start(); var smtp = ScriptedSmtpServer.start();
        var node = plan("benchmark_idle").start("benchmark-idle")) {
      var office = Office.found(node, "idle");
      // One is connected and forgotten first: the classes that it needs are not the mailboxes'.
      office.post(node, "/api/v1/mailboxes", wish("support@warm.example", busy.port(), smtp.port(), 0));
      await().atMost(Duration.ofMinutes(2)).until(() -> busy.idling() == 1);
      long heapBefore = heap(node);
      long before = resident(node);
      for (int number = 0; number < MAILBOXES; number++) {
        office.post(node, "/api/v1/mailboxes", wish("support@m" + number + ".example", silent.port(), smtp.port(), 0));
      }
      await().atMost(Duration.ofMinutes(10)).until(() -> silent.idling() >= MAILBOXES);
      long heapAfter = heap(node);
      long after = resident(node);
      var cpuBefore = node.cpu();
      long start = System.nanoTime();
      var delays = delays(busy, rows);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "%nBENCHMARK idle: %d mailboxes listen: resident %d MB more (%d, %d), live heap %d MB more (%d, %d); %.1f %% of one core"
              + " over %.0f s with a mail now and then%n"
              + "BENCHMARK delay: from the mailbox to the ticket, %d mails one after the other: median %d ms, 95 %% %d ms%n%n",
          MAILBOXES, after - before, before, after, heapAfter - heapBefore, heapBefore, heapAfter,
          100.0 * node.cpu().minus(cpuBefore).toMillis() / 1000 / seconds, seconds, DELAYS, delays.get(DELAYS / 2), delays.get(DELAYS * 95 / 100));
      node.stop();
    }
  }

  private static List<Long> delays(ScriptedImapServer busy, Rows rows) {
    var delays = new ArrayList<Long>();
    for (int number = 1; number <= DELAYS; number++) {
      int wanted = number;
      await().atMost(Duration.ofMinutes(1)).until(() -> busy.idling() == 1);
      long start = System.nanoTime();
      busy.holding(mail("fresh" + number));
      await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> rows.number("select count(*) from ticket") >= wanted);
      delays.add((System.nanoTime() - start) / 1_000_000);
    }
    delays.sort(null);
    return delays;
  }

  @Test
  void aBacklogIsRead() throws Exception {
    var rows = Rows.fresh("benchmark_backlog");
    try (var imap = ScriptedImapServer.start(); var smtp = ScriptedSmtpServer.start(); var node = plan("benchmark_backlog").start("benchmark-backlog")) {
      for (int number = 0; number < BACKLOG; number++) {
        imap.holding(mail("old" + number));
      }
      double bare = BareReading.mailsPerSecond(imap.port(), BACKLOG);
      var office = Office.found(node, "backlog");
      long start = System.nanoTime();
      office.post(node, "/api/v1/mailboxes", wish("support@acme.example", imap.port(), smtp.port(), 3650));
      await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(100)).until(() -> rows.number("select count(*) from inbound_mail") >= BACKLOG);
      double landed = BACKLOG / ((System.nanoTime() - start) / 1e9);
      await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(100)).until(() -> rows.number("select count(*) from ticket") >= BACKLOG);
      double filed = BACKLOG / ((System.nanoTime() - start) / 1e9);
      System.out.printf(Locale.ROOT, "%nBENCHMARK backlog: %d mails of 5 KB: %.0f mails/s stored, %.0f mails/s until all are tickets; the same source alone: %.0f mails/s%n%n",
          BACKLOG, landed, filed, bare);
      node.stop();
    }
  }

  private static byte[] mail(String subject) {
    return ("From: Customer <" + subject + "@customer.example>\r\nTo: support@acme.example\r\nSubject: " + subject + "\r\nMessage-ID: <"
        + UUID.randomUUID() + "@customer.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n" + BODY).getBytes(StandardCharsets.US_ASCII);
  }

  /// MB of the process in memory.
  private static long resident(Node node) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(node.pid()), "status")).stream().filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
  }

  /// MB of what lives after a full collection.
  private static long heap(Node node) throws IOException, InterruptedException {
    jcmd(node, "GC.run");
    jcmd(node, "GC.run");
    var used = Pattern.compile("used (\\d+)K").matcher(jcmd(node, "GC.heap_info"));
    long kilobytes = 0;
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1));
    }
    return kilobytes / 1024;
  }

  private static String jcmd(Node node, String command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(node.pid()), command)
        .redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return words;
  }
}
