package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// The listener stops: whoever speaks is told, and a mail under way comes to its end.
class SmtpStopTest {
  @Test
  void stoppingTellsTheIdleAndLetsTheBusyComeToTheEndOfTheirMail() throws Exception {
    try (var listening = new Listening(Map.of("shutdown-grace", "20s"))) {
      var idle = listening.connect();
      idle.answer();
      var inTransaction = listening.connect();
      inTransaction.answer();
      inTransaction.ask("EHLO c.example");
      inTransaction.ask("MAIL FROM:<a@c.example>");
      var inData = listening.connect();
      inData.untilData("support@acme.example");

      var stopping = Thread.ofVirtual().start(listening.listener::stop);

      assertThat(idle.line()).startsWith("421 4.3.2");
      assertThat(idle.isClosed()).isTrue();
      assertThat(inTransaction.line()).startsWith("421 4.3.2");
      // The freed port may be anybody's for a moment: what counts is that we do not listen on it.
      assertThat(listening.listener.isOpen()).isFalse();
      await().until(() -> cannotConnect(listening));
      assertThat(stopping.isAlive()).isTrue();

      assertThat(inData.say("hello").say(".").line()).startsWith("250 2.0.0");
      assertThat(inData.line()).startsWith("421 4.3.2");
      assertThat(inData.isClosed()).isTrue();
      stopping.join();
      assertThat(listening.house.stored).hasSize(1);
    }
  }

  @Test
  void stoppingLetsAMailThatIsBeingStoredBeAcknowledged() throws Exception {
    try (var listening = new Listening(Map.of("shutdown-grace", "20s"))) {
      listening.house.gate = new CountDownLatch(1);
      var client = listening.connect();
      client.untilData("support@acme.example");
      client.say("hello").say(".").send();
      await().until(() -> listening.house.storing.get() == 1);

      var stopping = Thread.ofVirtual().start(listening.listener::stop);
      await().until(() -> cannotConnect(listening));
      listening.house.gate.countDown();

      assertThat(client.line()).startsWith("250 2.0.0");
      assertThat(client.line()).startsWith("421 4.3.2");
      stopping.join();
    }
  }

  @Test
  void aMailThatIsNotStoredWithinTheGraceIsNeverAcknowledged() throws Exception {
    try (var listening = new Listening(Map.of("shutdown-grace", "100ms"))) {
      listening.house.gate = new CountDownLatch(1);
      var client = listening.connect();
      client.untilData("support@acme.example");
      client.say("hello").say(".").send();
      await().until(() -> listening.house.storing.get() == 1);

      listening.listener.stop();

      assertThat(client.isClosed()).isTrue();
      await().until(() -> listening.house.storing.get() == 0);
      assertThat(listening.house.stored).isEmpty();
      assertThat(listening.count("posthorn.smtp.messages", "stored")).isZero();
    }
  }

  @Test
  void aDataThatDoesNotEndWithinTheGraceIsCutOff() throws Exception {
    try (var listening = new Listening(Map.of("shutdown-grace", "100ms"))) {
      var client = listening.connect();
      client.untilData("support@acme.example");

      listening.listener.stop();

      assertThat(client.isClosed()).isTrue();
      assertThat(listening.house.stored).isEmpty();
    }
  }

  @Test
  void stoppingAlsoTellsThoseWhoTalkThroughTls() throws Exception {
    try (var listening = new Listening(TestCertificate.get().settings())) {
      var client = listening.connect();
      client.answer();
      client.ask("STARTTLS");
      client.startTls();
      client.ask("EHLO c.example");

      listening.listener.stop();

      assertThat(client.line()).startsWith("421 4.3.2");
      assertThat(client.isClosed()).isTrue();
    }
  }

  private static boolean cannotConnect(Listening listening) {
    try {
      listening.connect().close();
      return false;
    } catch (IOException refused) {
      return true;
    } catch (IllegalStateException stopped) {
      return true;
    }
  }
}
