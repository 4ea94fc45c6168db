package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.RawMail;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailHeadTest {
  private static MailHead head(String mail) {
    return MailHead.of(RawMail.of(mail.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Return-Path: <anna@customer.example>\\nFrom: other@customer.example | anna@customer.example
      Return-Path:\\n\\t<anna@customer.example>                            | anna@customer.example
      Return-path: <>\\nFrom: anna@customer.example                        | ''
      From: Anna <anna@customer.example>                                  | anna@customer.example
      From: nobody at all                                                 | ''
      Subject: nothing                                                    | ''
      Return-Path: rubbish\\nFrom: anna@customer.example                   | ''
      """)
  void theReturnPathIsWhatTheLastServerWroteDown(String header, String path) {
    assertThat(head(header.replace("\\n", "\r\n").replace("\\t", "\t") + "\r\n\r\nReturn-Path: <body@evil.example>").returnPath()).isEqualTo(path);
  }

  @Test
  void aNoteHasTheSameHeaderAndItsOwnBody() {
    var mail = "From: anna@customer.example\r\nSubject: Large\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=b\r\n"
        + "References: <a@b>\r\n <c@d>\r\n\r\n--b\r\n";
    var note = new String(head(mail).note("Too large.").head(10_000), StandardCharsets.UTF_8);

    assertThat(note).startsWith("From: anna@customer.example\r\nSubject: Large\r\nReferences: <a@b>\r\n <c@d>\r\nMIME-Version: 1.0\r\n")
        .endsWith("\r\n\r\nToo large.\r\n").doesNotContain("boundary");
  }
}
