package dev.posthorn.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long it takes from the start of the process until it is ready, on a migrated database, and what it needs of memory, idle
/// and under load: on the JVM, on the JVM with an AOT cache (JEP 514), and as a native executable where one is named by
/// `posthorn.benchmark.native`. All in one run, one after the other, on the same database.
@Tag("benchmark")
class StartBenchmark {
  private static final int STARTS = 5;
  private static final int MAILS = Integer.getInteger("posthorn.benchmark.mails", 2_000);
  private static final int SESSIONS = 8;
  private static final String DATABASE = "benchmark_start";

  private record Figures(String way, List<Long> readyMillis, long idleKb, long loadedKb, double mailsPerSecond) {
    @Override
    public String toString() {
      var sorted = readyMillis.stream().sorted().toList();
      return "| %s | %d (%d to %d) | %d | %d | %.0f |".formatted(way, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(),
          idleKb / 1024, loadedKb / 1024, mailsPerSecond);
    }
  }

  @Test
  void startAndMemory() throws IOException {
    Rows.fresh(DATABASE);
    var relay = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    relay.start();
    try {
      // What an operator starts, not what makes tests quick.
      UnaryOperator<Node.Plan> jvm = plan -> plan.jvm("-XX:TieredStopAtLevel=4").jvm("-XX:+UseG1GC").jvm("-XX:-UseSerialGC").jvm("-Xmx512m");
      try (var first = plan(relay, jvm).start("start-migrates")) {
        assertThat(first.stop()).isIn(0, 143);
      }
      var cache = Path.of("target", "nodes", "app.aot").toAbsolutePath();
      Files.deleteIfExists(cache);
      try (var trained = plan(relay, jvm).jvm("-XX:AOTCacheOutput=" + cache).start("start-trained")) {
        load(trained, Office.found(trained, "trained"), 200);
        trained.stop();
      }
      await("the cache").atMost(Duration.ofMinutes(3)).until(() -> Files.exists(cache));
      var all = new ArrayList<Figures>();
      all.add(measure("JVM", relay, jvm));
      // A cache that does not fit ends the start, so none is passed over in silence.
      all.add(measure("JVM with AOT cache", relay, plan -> jvm.apply(plan).jvm("-XX:AOTCache=" + cache).jvm("-XX:AOTMode=on")));
      var executable = System.getProperty("posthorn.benchmark.native");
      if (executable != null) {
        all.add(measure("native", relay, plan -> plan.program(Path.of(executable))));
      }
      System.out.println("| way | ready after, ms, median of " + STARTS + " (from to) | RSS idle, MB | RSS after " + MAILS + " mails, MB | filed/s |");
      all.forEach(System.out::println);
    } finally {
      relay.stop();
    }
  }

  private static Node.Plan plan(GreenMail relay, UnaryOperator<Node.Plan> way) {
    return way.apply(Node.plan(DATABASE, relay.getSmtp().getPort()));
  }

  private static Figures measure(String way, GreenMail relay, UnaryOperator<Node.Plan> plan) {
    var ready = new ArrayList<Long>();
    for (int start = 1; start < STARTS; start++) {
      var begun = System.nanoTime();
      try (var node = plan(relay, plan).start("start-" + start)) {
        ready.add((System.nanoTime() - begun) / 1_000_000);
        node.stop();
      }
    }
    var begun = System.nanoTime();
    try (var node = plan(relay, plan).start("start-" + STARTS)) {
      ready.add((System.nanoTime() - begun) / 1_000_000);
      long idle = residentKb(node);
      var filed = load(node, Office.found(node, "s" + Long.toString(System.nanoTime(), 36)), MAILS);
      return new Figures(way, ready, idle, residentKb(node), filed);
    }
  }

  /// @return mails filed in a second
  private static double load(Node node, Office office, int mails) {
    var begun = System.nanoTime();
    try (var sessions = Executors.newFixedThreadPool(SESSIONS)) {
      for (int i = 0; i < mails; i++) {
        var mail = SampleMail.from("s" + i + "@customer.example").to(office.address()).id(System.nanoTime() + "." + i + "@customer.example").bytes();
        sessions.submit(() -> Sender.send(node.smtpPort(), "s@customer.example", office.address(), mail));
      }
    }
    await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(100))
        .until(() -> new Rows(DATABASE).number("select count(*) from inbound_mail where state = 'pending'") == 0);
    return mails / ((System.nanoTime() - begun) / 1e9);
  }

  /// What the process holds of the machine's memory (proc(5)).
  private static long residentKb(Node node) {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(node.pid()), "status"))) {
      return lines.filter(line -> line.startsWith("VmRSS:")).findFirst().map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
