package dev.posthorn.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;

/// What every [MailSender] does, whatever it speaks with its server.
public interface MailSenderContract {

  /// The sender to try, on a server that takes mail for anybody at `example.org`.
  MailSender sender();

  /// What that server has for one recipient: each mail from its first header of ours on, an octet to a character.
  List<String> arrivedFor(String recipient);

  @Test
  default void everyRecipientGetsItsVerdictInTheOrderOfTheDispatch() {
    var deliveries = sender().send(dispatch("agent@example.com", mail("one", "Hello\r\n", "b@example.org", "a@example.org"), "b@example.org", "a@example.org"));

    assertThat(deliveries).extracting(delivery -> delivery.recipient().address())
        .containsExactly("b@example.org", "a@example.org");
    assertThat(deliveries).extracting(Delivery::outcome).allMatch(Sent.class::isInstance);
  }

  @Test
  default void bytesArriveAsTheyWereComposed() {
    var body = ".\r\n..\r\n.hidden\r\n\r\n.\r\nFrom the start\r\n" + "long ".repeat(190) + "\r\nlast line\r\n";
    var mail = mail("two", body, "dots@example.org");

    sender().send(dispatch("agent@example.com", mail, "dots@example.org"));

    assertThat(arrivedFor("dots@example.org")).containsExactly(octets(mail));
  }

  /// EH-09: nobody who gets the mail can see that a Bcc got it.
  @Test
  default void recipientWhomNoHeaderNamesGetsTheSameMail() {
    var mail = mail("three", "Hello\r\n");

    sender().send(dispatch("agent@example.com", mail, "seen@example.org", "hidden@example.org"));

    assertThat(arrivedFor("hidden@example.org")).containsExactly(octets(mail));
    assertThat(arrivedFor("seen@example.org")).containsExactly(octets(mail));
    assertThat(octets(mail)).doesNotContain("hidden@");
  }

  @Test
  default void manyThreadsMaySendAtOnce() throws Exception {
    var outcomes = new ArrayList<SendOutcome>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending = IntStream.range(0, 24).mapToObj(number -> threads.submit(() -> sender().send(
          dispatch("agent@example.com", mail("many" + number, "Hello\r\n", "many@example.org"), "many@example.org")))).toList();
      for (var future : sending) {
        future.get().forEach(delivery -> outcomes.add(delivery.outcome()));
      }
    }
    assertThat(outcomes).hasSize(24).allMatch(Sent.class::isInstance);
    assertThat(arrivedFor("many@example.org")).hasSize(24);
  }

  /// A small mail with that subject and body.
  static byte[] mail(String subject, String body) {
    return mail(subject, body, "Seen <seen@example.org>");
  }

  /// The same to these.
  static byte[] mail(String subject, String body, String... to) {
    return ("From: Support <support@example.com>\r\nTo: " + String.join(", ", to) + "\r\nSubject: " + subject
        + "\r\nMessage-ID: <" + subject + "@example.com>\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: text/plain; charset=us-ascii\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
  }

  /// The same octets, readable when a test fails.
  static String octets(byte[] mail) {
    return new String(mail, StandardCharsets.ISO_8859_1);
  }

  /// That mail in an envelope.
  static Dispatch dispatch(String from, byte[] mail, String... recipients) {
    return new Dispatch(from, List.of(recipients).stream().map(Address::of).toList(),
        messageId(mail), RawMail.of(mail));
  }

  private static MessageId messageId(byte[] mail) {
    var found = Pattern.compile("^Message-ID: <([!-~]*)>", Pattern.MULTILINE).matcher(octets(mail));
    return new MessageId(found.find() ? found.group(1) : "id@example.com");
  }
}
