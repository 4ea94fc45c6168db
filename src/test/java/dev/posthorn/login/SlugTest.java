package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {
  private static final String FORM = "[a-z0-9](-?[a-z0-9])*";

  @ParameterizedTest
  @CsvSource({"Acme, acme", "Müller & Söhne GmbH, muller-sohne-gmbh", "  --A--  , a", "Straße 7, strasse-7", "株式会社, t", "!, t",
    "The Very Long Name of a Company in Wuppertal, the-very-long-name-of-a-compan"})
  void aNameBecomesPartOfAnAddress(String company, String slug) {
    assertThat(Slug.of(company)).isEqualTo(slug).matches(FORM).hasSizeLessThanOrEqualTo(30);
    assertThat(Slug.like(slug)).startsWith(slug.substring(0, 1)).matches(FORM).hasSizeLessThanOrEqualTo(30).isNotEqualTo(Slug.like(slug));
  }
}
