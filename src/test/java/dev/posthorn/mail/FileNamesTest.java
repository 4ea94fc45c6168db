package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      report.pdf                     | report.pdf
      ../../etc/passwd               | passwd
      ..\\..\\windows\\system.ini    | system.ini
      /absolute/name.txt             | name.txt
      C:\\dir\\name.txt              | name.txt
      a/b\\c/d.txt                   | d.txt
      dir/                           | ``
      .                              | ``
      ..                             | ``
      ...                            | ``
      name.                          | name
      name. . .                      | name
      .htaccess                      | .htaccess
      Übersicht 2026.pdf             | Übersicht 2026.pdf
      請求書.pdf                      | 請求書.pdf
      """)
  void namesAreWithoutPath(String name, String clean) {
    assertThat(FileNames.clean(name)).isEqualTo(clean);
  }

  @Test
  void nothingInANameIsInvisibleOrTurnsIt() {
    for (String trick : List.of("\u202e", "\u202d", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d",
        "\u2060", "\ufeff", "\u00ad", "\u180e", "\u3164", "\uffa0", "\u115f", "\u1160", "\u034f", "\ufe0f", "\ud83d", "\udb40\udc41", "\u0007", "\u007f", "\u0085", "\u001b")) {
      assertThat(FileNames.clean("invoice" + trick + "fdp.exe").replace(" ", "").replace("\ufffd", "")).as(Integer.toHexString(trick.codePointAt(0)))
          .isEqualTo("invoicefdp.exe");
    }
  }

  @Test
  void lineEndsAndNulInANameAreBlanks() {
    assertThat(FileNames.clean("a\r\nContent-Type: text/html\u2028b\u0000.txt").chars()).noneMatch(c -> c < ' ' || c == '\u2028' || c == '/');
  }

  @Test
  void longNamesKeepTheirExtension() {
    assertThat(FileNames.clean("x".repeat(5_000) + ".pdf")).hasSize(200).endsWith("x.pdf");
    assertThat(FileNames.clean("x".repeat(150) + "🐎".repeat(500) + ".pdf").codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }
}
