package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// The parser alone, on one thread: `./mvnw test -Pparser-benchmark`. Says figures, asserts nothing about time.
@Tag("parser-benchmark")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ParserBenchmark {
  /// What is parsed, one mail after the other.
  public enum Kind {
    /// Every mail of `src/test/resources/mail`.
    CORPUS,
    /// Text of 5 KB in quoted-printable and as HTML.
    LETTER,
    /// A letter and a file: 2 MB in base64.
    FILE
  }

  @Param public Kind kind;

  private final MailParser parser = new MailParser(MailLimits.DEFAULT);
  private List<byte[]> mails;
  private int next;

  @Setup
  public void write() throws IOException {
    mails = mails(kind);
  }

  @Benchmark
  public int parse() {
    byte[] bytes = mails.get(next);
    next = (next + 1) % mails.size();
    try (RawMail raw = RawMail.of(bytes); Parsed parsed = parser.parse(raw)) {
      return switch (parsed) {
        case Parsed.Readable(Mail mail) -> mail.text().length() + mail.attachments().size();
        case Parsed.Unreadable(String why) -> why.length();
      };
    }
  }

  @Test
  void mailsAndBytesPerSecondAndAllocation() throws RunnerException, IOException {
    var options = new OptionsBuilder().include(ParserBenchmark.class.getName() + "\\.").forks(1).addProfiler(GCProfiler.class)
        .warmupIterations(3).warmupTime(TimeValue.seconds(3)).measurementIterations(5).measurementTime(TimeValue.seconds(4))
        .jvmArgs("-Xmx512m").shouldFailOnError(true).build();

    var results = new Runner(options).run();

    assertThat(results).hasSize(Kind.values().length);
    System.out.println("\n| mails | bytes of one | mails/s | MB/s | KB allocated per mail |\n|---|---|---|---|---|");
    for (RunResult result : results) {
      System.out.println(row(result));
    }
  }

  private static String row(RunResult result) throws IOException {
    Kind kind = Kind.valueOf(result.getParams().getParam("kind"));
    double size = mails(kind).stream().mapToInt(mail -> mail.length).average().orElseThrow();
    double perSecond = result.getPrimaryResult().getScore();
    double allocated = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    return String.format(Locale.ROOT, "| %s | %.0f | %.0f ± %.0f | %.1f | %.1f |", kind.name().toLowerCase(Locale.ROOT), size, perSecond,
        result.getPrimaryResult().getScoreError(), perSecond * size / 1e6, allocated / 1e3);
  }

  private static List<byte[]> mails(Kind kind) throws IOException {
    return switch (kind) {
      case CORPUS -> corpus();
      case LETTER -> List.of(letter(""));
      case FILE -> List.of(letter(file()));
    };
  }

  private static List<byte[]> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/mail"))) {
      List<byte[]> mails = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
        mails.add(Files.readAllBytes(file));
      }
      return mails;
    }
  }

  private static byte[] letter(String file) {
    String line = "Sch=C3=B6nen guten Tag, meine Bestellung ist noch nicht angekommen, obwohl=\r\n sie bezahlt ist.\r\n";
    return ("""
        Received: from mx.customer.example (mx.customer.example [192.0.2.7]) by in.desk.example; Mon, 2 Mar 2026 09:15:02 +0100\r
        From: =?utf-8?Q?Anna_M=C3=BCller?= <anna@customer.example>\r
        To: Support <support@desk.example>\r
        Cc: "Beck, Ben" <ben@customer.example>, carla@customer.example\r
        Subject: =?utf-8?B?QmVzdGVsbHVuZyA0NzExIMO8YmVyZsOkbGxpZw==?=\r
        Message-ID: <5f0c2a77@customer.example>\r
        References: <1@desk.example> <2@customer.example>\r
        Date: Mon, 2 Mar 2026 09:15:00 +0100\r
        MIME-Version: 1.0\r
        Content-Type: multipart/mixed; boundary="outer"\r
        \r
        --outer\r
        Content-Type: multipart/alternative; boundary="inner"\r
        \r
        --inner\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        %s\r
        --inner\r
        Content-Type: text/html; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        <html><body>%s</body></html>\r
        --inner--\r
        %s--outer--\r
        """).formatted(line.repeat(18), ("<p>" + line + "</p>").repeat(20), file).getBytes(StandardCharsets.US_ASCII);
  }

  private static String file() {
    byte[] bytes = new byte[1_470_000];
    new Random(1).nextBytes(bytes);
    return "--outer\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(bytes) + "\r\n";
  }
}
