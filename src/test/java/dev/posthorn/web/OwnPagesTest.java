package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPagesTest {
  private final OwnPages pages = new OwnPages(List.of("https://posthorn.example/", "https://desk.example"));

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "same-origin, -, posthorn.example, true",
    "same-origin, https://posthorn.example, posthorn.example, true",
    "-, https://posthorn.example, posthorn.example, true",
    "cross-site, https://desk.example, posthorn.example, true",
    "-, HTTPS://Desk.Example, posthorn.example, true",
    "-, http://localhost:8081, localhost:8081, true",
    "-, -, posthorn.example, false",
    "none, -, posthorn.example, false",
    "same-site, -, posthorn.example, false",
    "cross-site, -, posthorn.example, false",
    "cross-site, https://evil.example, posthorn.example, false",
    "same-site, https://other.posthorn.example, posthorn.example, false",
    "-, https://posthorn.example.evil.example, posthorn.example, false",
    "-, null, posthorn.example, false",
    "same-origin, null, posthorn.example, true",
    "cross-site, null, posthorn.example, false",
    "-, '', '', false",
    "-, https://posthorn.example:8443, posthorn.example, false",
  })
  void aPageIsOursByWhereTheBrowserSaysItIs(String fetchSite, String origin, String host, boolean ours) {
    assertThat(pages.isOwn(fetchSite, origin, host)).isEqualTo(ours);
  }

  @Test
  void whatIsNoAddressIsSaidWhenTheServiceStarts() {
    assertThatThrownBy(() -> new OwnPages(List.of("desk.example"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("page-origins");
  }
}
