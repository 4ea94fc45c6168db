package dev.posthorn.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;

class SinkShelfTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

  @Test
  void onlyTheLatestMailsAreKept() {
    var shelf = new SinkShelf(3, 1_000_000, CLOCK);
    for (var number = 1; number <= 5; number++) {
      shelf.put("", List.of("a@example.org"), mail("Subject: " + number));
    }
    assertThat(shelf.all()).extracting(SunkMail::number).containsExactly(5L, 4L, 3L);
  }

  @Test
  void bigMailsDriveOutOlderOnesButNeverThemselves() {
    var shelf = new SinkShelf(100, 1_000, CLOCK);
    shelf.put("", List.of("a@example.org"), new byte[400]);
    shelf.put("", List.of("a@example.org"), new byte[400]);
    shelf.put("", List.of("a@example.org"), new byte[400]);
    assertThat(shelf.all()).extracting(SunkMail::number).containsExactly(3L, 2L);

    shelf.put("", List.of("a@example.org"), new byte[5_000]);
    assertThat(shelf.all()).extracting(SunkMail::number).containsExactly(4L);
  }

  @Test
  void whateverIsInAMailIsShownAsText() {
    var shelf = new SinkShelf(3, 1_000_000, CLOCK);
    var attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";
    var mail = shelf.put(attack, List.of(attack), mail("From: " + attack + " <x@example.org>\r\nTo: y@example.org\r\nSubject: " + attack
        + "\r\nMessage-ID: <a\"onload=x@example.org>\r\nContent-Type: text/html\r\n\r\n<p>" + attack + "</p>"));

    for (var page : List.of(SinkPage.list(shelf.all()), SinkPage.detail(mail))) {
      assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;").doesNotContain("<script", "<img");
    }
    assertThat(SinkPage.detail(mail)).contains("a&quot;onload=x@example.org");
  }

  @Test
  void bytesThatAreNoMailAreKeptAllTheSame() {
    var shelf = new SinkShelf(3, 1_000_000, CLOCK);

    var mail = shelf.put("a@example.com", List.of("b@example.org"), new byte[0]);

    assertThat(SinkPage.detail(mail)).contains("(no subject)", "b@example.org");
  }

  private static byte[] mail(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
