package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeHeadersTest {
  @Test
  void anEncryptedLineStaysEncrypted() {
    assertThat(SafeHeaders.of("/api/v1/tickets", true)).containsKey("Strict-Transport-Security");
    assertThat(SafeHeaders.of("/api/v1/tickets", false)).doesNotContainKey("Strict-Transport-Security");
  }

  @Test
  void nothingOfTheApiIsKeptAndNothingStandsInAFrame() {
    assertThat(SafeHeaders.of("/api/v1/tickets", false)).containsEntry("Cache-Control", "no-store")
        .containsEntry("X-Content-Type-Options", "nosniff").containsEntry("Referrer-Policy", "no-referrer");
    assertThat(SafeHeaders.of("/docs", true).get("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(SafeHeaders.of("/", true).get("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
  }
}
