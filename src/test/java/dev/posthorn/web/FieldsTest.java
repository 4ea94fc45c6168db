package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

  record Fields(@Line(max = 10) String line, @Color String color, @MailAddress String address, @LanguageTag String language, @ZoneName String zone) {}

  private static int faults(Fields fields) {
    return VALIDATOR.validate(fields).size();
  }

  @Test
  void nothingIsRefusedThatIsNotThere() {
    assertThat(faults(new Fields(null, null, null, null, null))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Zoë & Co", "1234567890", "日本語", "\uD83D\uDE00"})
  void aLineIsALine(String text) {
    assertThat(faults(new Fields(text, null, null, null, null))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "12345678901", "a\r\nBcc: x", "a\nb", "a\u0000", "a\u0085b", "a\u2028b", "a\uD800"})
  void whatCouldEndALineIsNone(String text) {
    assertThat(faults(new Fields(text, null, null, null, null))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"#12abEF,1", "#12abe,0", "red,0", "#12abeg,0", "'',0"})
  void coloursHaveSixDigits(String text, int good) {
    assertThat(faults(new Fields(null, text, null, null, null))).isEqualTo(1 - good);
  }

  @ParameterizedTest
  @CsvSource({"anna@customer.example,1", "Anna@Customer.example,1", "anna,0", "@customer.example,0", "'Anna <anna@customer.example>',0",
    "'a@b.example, c@d.example',0", "' anna@customer.example',0", "'',0"})
  void anAddressStandsAlone(String text, int good) {
    assertThat(faults(new Fields(null, null, text, null, null))).isEqualTo(1 - good);
  }

  @ParameterizedTest
  @CsvSource({"en,1", "pt-BR,1", "zh-Hant-TW,1", "en_US,0", "english-language,0", "und,0", "'',0", "x-y,0"})
  void languagesAreTags(String text, int good) {
    assertThat(faults(new Fields(null, null, null, text, null))).isEqualTo(1 - good);
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin,1", "UTC,1", "+01:00,0", "Europe/Atlantis,0", "'',0"})
  void zonesHaveNames(String text, int good) {
    assertThat(faults(new Fields(null, null, null, null, text))).isEqualTo(1 - good);
  }
}
