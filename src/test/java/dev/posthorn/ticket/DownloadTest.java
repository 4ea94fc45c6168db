package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a.pdf            | filename="a.pdf"; filename*=UTF-8''a.pdf
      a b.pdf          | filename="a b.pdf"; filename*=UTF-8''a%20b.pdf
      Über.pdf         | filename="_ber.pdf"; filename*=UTF-8''%C3%9Cber.pdf
      q"u\\o'te;.txt   | filename="q_u_o'te;.txt"; filename*=UTF-8''q%22u%5Co%27te%3B.txt
      100%25.txt       | filename="100_25.txt"; filename*=UTF-8''100%2525.txt
      🐎.txt           | filename="_.txt"; filename*=UTF-8''%F0%9F%90%8E.txt
      """, quoteCharacter = '\0')
  void namesSurviveInAnyLetters(String name, String parameters) {
    assertThat(download(name, "text/plain").disposition()).isEqualTo("attachment; " + parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "image/png,image/png", "application/pdf,application/pdf", "text/plain,text/plain; charset=utf-8", "message/rfc822,message/rfc822",
    "text/html,application/octet-stream", "image/svg+xml,application/octet-stream", "application/xhtml+xml,application/octet-stream",
    "text/xml,application/octet-stream", "application/javascript,application/octet-stream", "odd,application/octet-stream"})
  void onlyInertTypesKeepTheirs(String said, String served) {
    assertThat(download("a", said).servedType()).isEqualTo(served);
  }

  private static Download download(String name, String type) {
    return new Download(name, type, 0, Sha256.digest(new byte[0]));
  }
}
