package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnlinkedTest {
  @ParameterizedTest
  @CsvSource(textBlock = """
      Your parcel waits: https://evil.example/x, Your parcel waits: https: //evil. example/x
      www.evil.example,                          www. evil. example
      help@evil.example,                         help@ evil. example
      Müller & Söhne GmbH,                       Müller & Söhne GmbH
      Acme Inc.,                                 Acme Inc.
      """)
  void aNameBecomesNoLink(String name, String shown) {
    assertThat(Unlinked.name(name)).isEqualTo(shown);
  }
}
