package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.posthorn.mail.QuoteSplitter.Confidence;
import dev.posthorn.mail.QuoteSplitter.Split;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteSplitterTest { // P-50

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      Yes.                                                                     | Yes.   | HIGH
      Yes.~~On Mon, 2 Mar 2026 at 09:15, Desk <d@x.example> wrote:~> Really?   | Yes.   | HIGH
      Yes.~~On Mon, 2 Mar 2026 at 09:15, A Very Long Name~<desk@x.example> wrote:~~> Really? | Yes. | HIGH
      Yes.~~Am 02.03.2026 um 09:15 schrieb Desk:~> Wirklich?                   | Yes.   | HIGH
      Yes.~~Am Mo., 2. März 2026 um 09:15 Uhr schrieb Desk <d@x.example>:~~> Wirklich? | Yes. | HIGH
      Yes.~~Le lun. 2 mars 2026 à 09:15, Desk <d@x.example> a écrit :~~> Vraiment ? | Yes. | HIGH
      Yes.~~El lun, 2 mar 2026 a las 9:15, Desk (<d@x.example>) escribió:~~> ¿De verdad? | Yes. | HIGH
      Yes.~~Il giorno lun 2 mar 2026 alle ore 09:15 Desk <d@x.example> ha scritto:~~> Davvero? | Yes. | HIGH
      Yes.~~Op ma 2 mrt 2026 om 09:15 schreef Desk <d@x.example>:~~> Echt?      | Yes.   | HIGH
      Yes.~~pon., 2 mar 2026 o 09:15 Desk <d@x.example> napisał(a):~~> Na pewno? | Yes.   | HIGH
      Yes.~~Desk wrote:~> Really?                                              | Yes.   | HIGH
      Yes.~~On Mon, 2 Mar 2026 at 09:15, Desk <d@x.example> wrote:~Really?      | Yes.   | MEDIUM
      Yes.~~-----Original Message-----~From: Desk~Sent: Monday~To: Anna~Subject: x~~Really? | Yes. | HIGH
      Yes.~~-----Ursprüngliche Nachricht-----~Von: Desk~~Wirklich?             | Yes.   | HIGH
      Yes.~~________________________________~From: Desk <d@x.example>~Sent: Monday~To: Anna~Subject: Re: x~~Really? | Yes. | HIGH
      Yes.~~Von: Desk~Gesendet: Montag~An: Anna~Betreff: x~~Wirklich?          | Yes.   | HIGH
      Yes.~~De : Desk~Envoyé : lundi~À : Anna~Objet : x~~Vraiment ?            | Yes.   | HIGH
      Yes.~~*From:* Desk~*Sent:* Monday~*To:* Anna~*Subject:* x~~Really?      | Yes.   | HIGH
      Yes.~~> Really?~> Sure?                                                  | Yes.   | MEDIUM
      > Really?~~Yes.                                                          | Yes.   | MEDIUM
      On 2 Mar 2026, Desk wrote:~> Really?~~Yes.                               | Yes.   | MEDIUM
      Yes.~-- ~Anna Beck~Acme                                                  | Yes.   | HIGH
      Yes.~~--~Anna Beck                                                       | Yes.   | HIGH
      Yes.~-- ~Anna~~On 2 Mar 2026, Desk wrote:~> Really?                       | Yes.   | HIGH
      I wrote: it is broken.~It does not print at 09:15.                       | I wrote: it is broken.~It does not print at 09:15. | HIGH
      Here is the list:~From: Berlin~Thanks                                    | Here is the list:~From: Berlin~Thanks | HIGH
      On it.~Anna                                                              | On it.~Anna | HIGH
      a~___________________~b                                                  | a~___________________~b | HIGH
      >From here on                                                            | >From here on | HIGH
      """)
  void theNewTextIsFound(String text, String newText, Confidence confidence) {
    assertThat(QuoteSplitter.split(lines(text))).isEqualTo(new Split(lines(newText), confidence));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Hello~> First question?~Yes.~> Second question?~No.",
      "> First question?~Yes.~> Second question?~No.",
      "> only~> a quote",
      "-----Original Message-----~From: Desk~~Forwarded without a word",
      "-- ~Anna"})
  void whereCuttingWouldHurtTheWholeTextIsGiven(String text) {
    assertThat(QuoteSplitter.split(lines(text))).isEqualTo(new Split(lines(text), Confidence.LOW));
  }

  @Test
  void nothingIsNothing() {
    assertThat(QuoteSplitter.split("")).isEqualTo(new Split("", Confidence.HIGH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"On ", "On 1\n", "> \n", "From:\n", "-", "_", "--\n", "wrote:", "On 1 wrote\n", "\n", " ", "From: x\nTo: y\n", "*", "-- \n", ": "})
  void hostileTextComesToAnEnd(String piece) { // P-37
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> QuoteSplitter.split(piece.repeat(250_000 / piece.length())));
  }

  @Test
  void textsOfManyPagesAreNotSplit() {
    String text = "word\n".repeat(200_000) + "> quote";

    assertThat(QuoteSplitter.split(text)).isEqualTo(new Split(text, Confidence.LOW));
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }
}
