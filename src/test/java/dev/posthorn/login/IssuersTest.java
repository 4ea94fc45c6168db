package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IssuersTest {
  private static final String MICROSOFT = "https://login.microsoftonline.com/{tenantid}/v2.0";
  private static final String ACME = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String OTHER = "bbbbbbbb-0000-4000-8000-000000000002";

  @Test
  void eachDirectoryIsAnIssuerOfItsOwn() {
    assertThat(Issuers.isOf(MICROSOFT, "https://login.microsoftonline.com/" + ACME + "/v2.0", ACME)).isTrue();
  }

  @Test
  void theIssuerNamesTheDirectoryThatTheTokenNames() {
    assertThat(Issuers.isOf(MICROSOFT, "https://login.microsoftonline.com/" + ACME + "/v2.0", OTHER)).isFalse();
    assertThat(Issuers.isOf(MICROSOFT, "https://login.microsoftonline.com/" + ACME + "/v2.0", null)).isFalse();
    assertThat(Issuers.isOf(MICROSOFT, "https://evil.example/" + ACME + "/v2.0", ACME)).isFalse();
    assertThat(Issuers.isOf(MICROSOFT, "https://login.microsoftonline.com/x/../" + ACME + "/v2.0", "x/../" + ACME)).isFalse();
  }

  @Test
  void anIssuerWithoutAHoleIsComparedLetterByLetter() {
    assertThat(Issuers.isOf("https://accounts.google.com", "https://accounts.google.com", null)).isTrue();
    assertThat(Issuers.isOf("https://accounts.google.com", "https://accounts.google.com/", null)).isFalse();
    assertThat(Issuers.mayBeOf("https://accounts.google.com", "https://accounts.google.com.evil.example")).isFalse();
    assertThat(Issuers.mayBeOf(MICROSOFT, "https://login.microsoftonline.com/" + OTHER + "/v2.0")).isTrue();
  }
}
