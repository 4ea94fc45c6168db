package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpListenerTest {
  @Test
  void manySessionsSpeakAtOnceAndEveryMailIsStoredOnce() throws Exception {
    try (var listening = new Listening(Map.of("max-connections-per-address", "0"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int sessions = 100;
      int mails = 5;
      Callable<Integer> session = () -> {
        int stored = 0;
        try (var client = listening.connect()) {
          client.answer();
          client.ask("EHLO c.example");
          for (int i = 0; i < mails; i++) {
            client.say("MAIL FROM:<a@c.example>").say("RCPT TO:<support@acme.example>").say("DATA");
            for (int answer = 0; answer < 3; answer++) client.line();
            if (client.say("mail " + Thread.currentThread().threadId() + "." + i).ask(".").startsWith("250")) stored++;
          }
        }
        return stored;
      };
      var told = 0;
      for (var result : threads.invokeAll(IntStream.range(0, sessions).mapToObj(i -> session).toList())) told += result.get();

      assertThat(told).isEqualTo(sessions * mails);
      assertThat(listening.house.stored)
          .extracting(stored -> new String(stored.bytes(), StandardCharsets.UTF_8))
          .hasSize(sessions * mails)
          .doesNotHaveDuplicates();
      assertThat(listening.count("posthorn.smtp.messages", "stored")).isEqualTo(sessions * mails);
    }
  }

  @Test
  void oneSessionTooManyIsToldToComeAgainAndThereIsRoomWhenAnotherEnds() throws Exception {
    try (var listening = new Listening(Map.of("max-connections", "2"))) {
      var first = listening.connect();
      var second = listening.connect();
      assertThat(first.line()).startsWith("220");
      assertThat(second.line()).startsWith("220");
      try (var third = listening.connect()) {
        assertThat(third.line()).startsWith("421 4.3.2");
        assertThat(third.isClosed()).isTrue();
      }
      first.ask("QUIT");
      await().until(() -> {
        try (var another = listening.connect()) {
          return another.line().startsWith("220");
        }
      });
      assertThat(listening.count("posthorn.smtp.sessions", "refused")).isPositive();
    }
  }

  @Test
  void oneAddressCannotTakeAllSessions() throws Exception {
    try (var listening = new Listening(Map.of("max-connections-per-address", "1"))) {
      var first = listening.connect();
      assertThat(first.line()).startsWith("220");
      assertThat(listening.connect().line()).startsWith("421 4.7.0");
    }
  }

  @Test
  void behindABalancerTheLimitIsCountedByTheTrueClient() throws Exception {
    try (var listening = new Listening(Map.of(
        "max-connections-per-address", "1", "proxy-protocol", "true", "trusted-proxies", "127.0.0.1"))) {
      assertThat(proxied(listening, 1).line()).startsWith("220");
      assertThat(proxied(listening, 2).line()).startsWith("220");
      assertThat(proxied(listening, 1).line()).startsWith("421 4.7.0");
    }
  }

  @Test
  void manyMoreConnectionsThanAllowedNeitherBlockNorStayOpen() throws Exception {
    try (var listening = new Listening(Map.of("max-connections", "1", "linger", "50ms"))) {
      var first = listening.connect();
      assertThat(first.line()).startsWith("220");
      List<SmtpClient> others = new ArrayList<>();
      for (int i = 0; i < 60; i++) others.add(listening.connect());
      for (var other : others) assertThat(other.line()).startsWith("421");
      assertThat(first.ask("NOOP")).startsWith("250");
    }
  }

  @Test
  void aClientThatNeverReadsItsAnswersIsCutOff() throws Exception {
    try (var listening = new Listening(Map.of("idle-timeout", "500ms", "max-idle-commands", "2000000000"));
        var client = new Socket(InetAddress.getLoopbackAddress(), listening.listener.port())) {
      client.setReceiveBufferSize(4096);
      var noops = "NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> {
            while (true) client.getOutputStream().write(noops);
          })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aDatabaseThatIsAwayIsCountedAsFailedAndNothingIsStored() throws Exception {
    try (var listening = new Listening(Map.of())) {
      listening.house.acceptFails = true;
      var client = listening.connect();
      client.untilData("support@acme.example");
      assertThat(client.say("hello").ask(".")).startsWith("451 4.3.0");
      assertThat(listening.count("posthorn.smtp.messages", "failed")).isEqualTo(1);
      assertThat(listening.count("posthorn.smtp.messages", "stored")).isZero();
    }
  }

  @Test
  void theEnvelopeSaysWhenAndByWhomAndTheMailHasExactlyOneAcceptForAllDoors() throws Exception {
    try (var listening = new Listening(Map.of())) {
      var client = listening.connect();
      client.answer();
      client.ask("EHLO c.example");
      client.ask("MAIL FROM:<a@c.example>");
      client.ask("RCPT TO:<support@acme.example>");
      client.ask("RCPT TO:<support@globex.example>");
      client.ask("DATA");
      client.say("hello").ask(".");

      assertThat(listening.house.stored).singleElement().satisfies(stored -> {
        assertThat(stored.envelope()).isEqualTo(new SmtpEnvelope(
            "a@c.example", List.of("support@acme.example", "support@globex.example"), "127.0.0.1", "c.example", false, Listening.NOW));
        assertThat(stored.doors()).extracting(Door::tenantId).containsExactly(House.ACME, House.GLOBEX);
      });
    }
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestartAndABrokenOneIsNot(@TempDir Path directory) throws Exception {
    var old = TestCertificate.get();
    var renewed = TestCertificate.make("EC");
    var certificate = Files.copy(old.certificate(), directory.resolve("tls.crt"));
    var key = Files.copy(old.key(), directory.resolve("tls.key"));
    var certificates = new Certificates(certificate, key);
    var first = certificates.factory();
    assertThat(certificates.factory()).isSameAs(first);

    Files.writeString(key, "broken");
    Files.setLastModifiedTime(key, FileTime.fromMillis(1));
    assertThat(certificates.factory()).isSameAs(first);

    Files.writeString(certificate, Files.readString(renewed.certificate()));
    Files.writeString(key, Files.readString(renewed.key()));
    Files.setLastModifiedTime(key, FileTime.fromMillis(2));
    assertThat(certificates.factory()).isNotSameAs(first);
  }

  @Test
  void whatIsMisconfiguredStopsTheStartAndSaysWhy(@TempDir Path directory) throws IOException {
    var empty = Files.createFile(directory.resolve("empty.pem")).toString();
    assertThatThrownBy(() -> new Listening(Map.of("tls.certificate", empty)))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("both");
    assertThatThrownBy(() -> new Listening(Map.of("tls.certificate", empty, "tls.key", empty)))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> new Listening(Map.of("proxy-protocol", "true")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("trusted-proxies");
  }

  @Test
  void aTakenPortStopsTheStart() {
    try (var listening = new Listening(Map.of())) {
      var port = String.valueOf(listening.listener.port());
      assertThatThrownBy(() -> new Listening(Map.of("port", port)))
          .isInstanceOf(ConfigurationException.class).hasMessageContaining("in use");
    }
  }

  /// A client 192.0.2.x behind the balancer.
  private static SmtpClient proxied(Listening listening, int host) throws IOException {
    var client = listening.connect();
    client.say(new byte[] {
      13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10, 0x21, 0x11, 0, 12, (byte) 192, 0, 2, (byte) host, 10, 0, 0, 1, 1, 1, 0, 25
    });
    return client;
  }
}
