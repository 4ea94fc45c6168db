package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Never answer automatically when: one line for each sign (RFC 3834, section 2), P-28, AT-04.
class AutomaticSignsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Auto-Submitted: auto-replied              | auto-submitted         | AUTO_REPLY",
      "Auto-Submitted: auto-generated            | auto-submitted         | AUTOMATIC",
      "Auto-Submitted: Auto-Notified; owner=a@b  | auto-submitted         | AUTOMATIC",
      "auto-submitted: auto-replied (vacation)   | auto-submitted         | AUTO_REPLY",
      "Precedence: bulk                          | precedence             | LIST",
      "Precedence: list                          | precedence             | LIST",
      "Precedence: Junk                          | precedence             | AUTOMATIC",
      "Precedence: auto_reply                    | precedence             | AUTO_REPLY",
      "Precedence: auto-reply                    | precedence             | AUTO_REPLY",
      "List-Id: <news.example.org>               | list                   | LIST",
      "List-Unsubscribe: <https://x.example/u>   | list                   | LIST",
      "List-Post: NO                             | list                   | LIST",
      "X-Auto-Response-Suppress: All             | auto-response-suppress | ORDINARY",
      "X-Auto-Response-Suppress: OOF, AutoReply  | auto-response-suppress | ORDINARY",
      "X-Autoreply: yes                          | autoreply-field        | AUTO_REPLY",
      "X-Autorespond: x                          | autoreply-field        | AUTO_REPLY",
      "X-Autoresponder: x                        | autoreply-field        | AUTO_REPLY",
      "X-Loop: x@y.example                       | x-loop                 | AUTOMATIC",
      "Return-Path: <>                           | null-return-path       | AUTOMATIC",
      "From: MAILER-DAEMON@x.example             | system-sender          | AUTOMATIC",
      "From: Postmaster <postmaster@x.example>   | system-sender          | AUTOMATIC",
      "From: bounces+12=a@x.example              | system-sender          | AUTOMATIC",
      "From: no-reply@x.example                  | no-reply-sender        | ORDINARY",
      "From: noreply-billing@x.example           | no-reply-sender        | ORDINARY",
      "From: DoNotReply@x.example                | no-reply-sender        | ORDINARY",
      "Reply-To: no_reply@x.example              | no-reply-sender        | ORDINARY",
      "Subject: Automatic reply: Your ticket     | absence-subject        | AUTO_REPLY",
      "Subject: Out of Office: Anna              | absence-subject        | AUTO_REPLY",
      "Subject: Abwesenheitsnotiz: Re: Heizung   | absence-subject        | AUTO_REPLY",
      "Subject: Réponse automatique : absence    | absence-subject        | AUTO_REPLY",
      "Subject: Odpowiedź automatyczna: Faktura  | absence-subject        | AUTO_REPLY",
      "Subject: 自動応答: お問い合わせ                 | absence-subject        | AUTO_REPLY",
      "X-Delivery-Agent: TMDA/1.1.12             | challenge              | CHALLENGE",
      "From: Anna <abc@spamarrest.com>           | challenge              | CHALLENGE"})
  void aSignAsksForSilence(String field, String code, Classification kind) {
    assertThat(AutomaticSigns.of(mail(field), Optional.empty()))
        .anySatisfy(sign -> {
          assertThat(sign.reason().code()).isEqualTo(code);
          assertThat(sign.kind()).isEqualTo(kind);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auto-Submitted: no", "Auto-Submitted: No (a person)", "Precedence: first-class", "X-Auto-Response-Suppress: None",
      "From: norbert@x.example", "From: bouncer.bob@x.example", "Subject: Office is out of paper", "Subject: Re: automatic door",
      "Subject: The out of office reply does not work", "Return-Path: <anna@x.example>", "Listen: x", "X-Looper: x"})
  void peopleAreAnswered(String field) {
    assertThat(AutomaticSigns.of(mail(field), Optional.of("anna@x.example"))).isEmpty();
  }

  @Test
  void theNullSenderIsNeverAnswered() { // RFC 3834, section 2; RFC 5321, section 4.5.5
    assertThat(AutomaticSigns.of(mail("X-Any: x"), Optional.of(""))).extracting(sign -> sign.reason().code()).containsExactly("null-return-path");
    assertThat(AutomaticSigns.of(mail("X-Any: x"), Optional.empty())).isEmpty();
  }

  private static Mail mail(String field) {
    var from = field.startsWith("From:") ? "" : "From: anna@x.example\r\n";
    return ReportReaderTest.parsed((from + field + "\r\n\r\nHello.\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
