package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedSenderTest { // P-48

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      Please help.~~---------- Forwarded message ---------~From: Anna Example <anna@x.example>~Date: Mon~Subject: Tap~To: <aida@acme.example>~~It drips. | anna@x.example
      ---------- Forwarded message ---------~Von: Anna Example <anna@x.example>~~Es tropft. | anna@x.example
      FYI~~________________________________~Von: Anna Example <anna@x.example>~Gesendet: Montag~An: Aida~Betreff: Hahn~~Es tropft. | anna@x.example
      FYI~~*From:* Anna Example [mailto:anna@x.example]~*Sent:* Monday~*To:* Aida~*Subject:* Tap~~It drips. | anna@x.example
      FYI~~De : Anna <anna@x.example>~Envoyé : lundi~À : Aida~Objet : Robinet~~Il goutte. | anna@x.example
      Begin forwarded message:~~From: Anna <anna@x.example>~Subject: Tap~Date: 2 March 2026~To: aida@acme.example~~It drips. | anna@x.example
      差出人: Anna <anna@x.example>~送信日時: 2026~宛先: Aida~件名: Tap~~x | anna@x.example
      From: Anna <anna@x.example>~Sent: Monday~To: Aida~Subject: Tap~~x~~From: Bob <bob@x.example>~Sent: Sunday~To: Anna~Subject: Tap | anna@x.example
      """)
  void theSenderOfWhatIsForwardedIsFound(String text, String address) {
    assertThat(ForwardedSender.of(text.replace('~', '\n')).orElseThrow().address()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "It drips.", "From: Berlin\nTo: Hamburg\nDate: today", "From: nobody\nSent: x\nTo: y\nSubject: z", "-----Original Message-----\nhello"})
  void whereNobodyIsNamedNobodyIsFound(String text) {
    assertThat(ForwardedSender.of(text)).isEmpty();
  }

  @Test
  void theSenderOfAnAttachedMailIsFound() {
    byte[] inner = ("From: Anna Example <anna@x.example>\r\nSubject: Tap\r\n\r\n" + "drip ".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
    Attachment attached = new Attachment("tap.eml", "message/rfc822", false, Optional.empty(), "2", Content.of(inner));

    assertThat(ForwardedSender.of(attached)).contains(new Address("Anna Example", "anna@x.example"));
  }
}
