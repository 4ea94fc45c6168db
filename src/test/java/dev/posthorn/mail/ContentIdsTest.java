package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which parts HTML shows, however it writes their names.
class ContentIdsTest {
  @ParameterizedTest
  @ValueSource(strings = {"<img src=\"cid:a+b@c.example\">", "<img src=cid:a+b@c.example>", "<img src='CID:a%2Bb%40c.example'>",
      "<img src=\"cid:a&#43;b&#64;c.example\">", "<td style=\"background:url(cid:a+b@c.example)\">"})
  void aPartIsNamedInManyWays(String html) {
    assertThat(ContentIds.shownIn(html)).contains("a+b@c.example");
  }

  @Test
  void whatWeCleanedStillShowsItsParts() {
    var html = OutgoingHtml.sanitize(HtmlSanitizer.sanitize("<p><img src=\"cid:a+b@c.example\"></p>"));

    assertThat(ContentIds.shownIn(html)).contains("a+b@c.example");
    assertThat(ContentIds.shownIn("<p>cid: nothing, https://c.example</p>")).isEmpty();
  }
}
