package dev.posthorn.benchmark;

import static org.awaitility.Awaitility.await;

import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Mails of 5 KB over kept-open SMTP sessions into the packaged application until all are tickets, beside the machine's limit
/// in the same run. Says figures, asserts nothing about time.
@Tag("benchmark")
class IngestBenchmark {
  private static final int MAILS = Integer.getInteger("posthorn.benchmark.mails", 10_000);
  private static final int SESSIONS = Integer.getInteger("posthorn.benchmark.sessions", 20);
  /// Where a flight recording of the application is to be written; none by default.
  private static final String RECORDING = System.getProperty("posthorn.benchmark.recording");
  private static final String BODY = "A line of a letter that is neither short nor long, 79 characters with its end\r\n".repeat(60);

  @Test
  void mailsPerSecondUntilAllAreTickets() throws Exception {
    var rows = Rows.fresh("benchmark");
    var plan = Node.plan("benchmark", 1).jvm("-XX:TieredStopAtLevel=4").jvm("-Xmx1g");
    if (RECORDING != null) {
      plan.jvm("-XX:StartFlightRecording=settings=profile,filename=" + Path.of(RECORDING).toAbsolutePath());
    }
    try (var node = plan
        .set("quarkus.log.level", "WARN").set("quarkus.log.category.\"dev.posthorn.ingress\".level", "INFO")
        .set("quarkus.log.category.\"io.quarkus\".level", "INFO")
        .set("posthorn.triage.lease", "60s").start("benchmark")) {
      var office = Office.found(node, "bench");
      var limitTenant = Office.found(node, "limit");
      var plain = new PlainTransactions("benchmark", ids(rows, limitTenant.address()));
      // Twice: what is measured is a process that has worked for a while, not its compiler.
      ingest(node, office, rows, MAILS, "warm");
      plain.run(MAILS / 4);
      // As autovacuum does within a minute: plans made over empty tables are no plans for full ones.
      rows.execute("analyze");

      var limitBefore = plain.run(MAILS);
      var ingested = ingest(node, office, rows, MAILS, "run");
      var limitAfter = plain.run(MAILS);

      var limit = (limitBefore + limitAfter) / 2;
      System.out.printf(Locale.ROOT, "%nBENCHMARK ingest: %d mails of 5 KB, %d sessions: %.0f mails/s accepted, %.0f mails/s until all are tickets%n"
          + "BENCHMARK limit: %.0f plain transactions/s before, %.0f after; ratio %.2f%n%n",
          MAILS, SESSIONS, ingested.accepted, ingested.filed, limitBefore, limitAfter, ingested.filed / limit);
      node.stop();
    }
  }

  private record Rates(double accepted, double filed) {}

  private static Rates ingest(Node node, Office office, Rows rows, int mails, String run) throws Exception {
    long before = settled(rows, office);
    var next = new AtomicInteger();
    List<Callable<Void>> sessions = new ArrayList<>();
    for (int session = 0; session < SESSIONS; session++) {
      sessions.add(() -> session(node.smtpPort(), office.address(), next, mails, run));
    }
    long start = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(SESSIONS)) {
      for (var done : threads.invokeAll(sessions)) {
        done.get();
      }
    }
    double accepted = mails / ((System.nanoTime() - start) / 1e9);
    await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(250)).until(() -> settled(rows, office) - before >= mails);
    return new Rates(accepted, mails / ((System.nanoTime() - start) / 1e9));
  }

  private static long settled(Rows rows, Office office) {
    // The last number given, as committed: a look that costs nothing. Every mail is of a sender of its own.
    return rows.number("select last_number from ticket_counter where tenant_id = (select tenant_id from inbound_channel where address = ?)",
        office.address());
  }

  private static Void session(int port, String to, AtomicInteger next, int mails, String run) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var out = socket.getOutputStream();
      answer(in, '2');
      say(out, "EHLO benchmark.example\r\n");
      answer(in, '2');
      for (int number; (number = next.getAndIncrement()) < mails; ) {
        var sender = run + number + "@customer.example";
        say(out, "MAIL FROM:<" + sender + ">\r\nRCPT TO:<" + to + ">\r\nDATA\r\n");
        answer(in, '2');
        answer(in, '2');
        answer(in, '3');
        say(out, "From: Customer <" + sender + ">\r\nTo: " + to + "\r\nSubject: Mail " + number + "\r\nMessage-ID: <"
            + UUID.randomUUID() + "@customer.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n" + BODY + ".\r\n");
        answer(in, '2');
      }
      say(out, "QUIT\r\n");
      return null;
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void answer(BufferedReader in, char expected) throws IOException {
    String line;
    do {
      line = in.readLine();
    } while (line != null && line.length() > 3 && line.charAt(3) == '-');
    if (line == null || line.charAt(0) != expected) {
      throw new IOException("Unexpected answer: " + line);
    }
  }

  private static PlainTransactions.Ids ids(Rows rows, String address) {
    var tenant = UUID.fromString(rows.words("select tenant_id from inbound_channel where address = ?", address).getFirst());
    return new PlainTransactions.Ids(tenant,
        one(rows, "select id from inbound_channel where tenant_id = ?", tenant),
        one(rows, "select id from queue where tenant_id = ?", tenant),
        one(rows, "select id from team where tenant_id = ?", tenant),
        one(rows, "select id from priority where tenant_id = ? and is_default", tenant));
  }

  private static UUID one(Rows rows, String sql, UUID tenant) {
    return UUID.fromString(rows.words(sql, tenant).getFirst());
  }
}
