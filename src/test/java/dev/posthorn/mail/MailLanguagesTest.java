package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailLanguagesTest {
  @ParameterizedTest
  @CsvSource({"de,de", "de-CH,de", "pt-BR,pt", "nb,no", "nn-NO,no", "no,no", "ja-JP,ja"})
  void aRegionSpeaksItsLanguage(String locale, String language) {
    assertThat(MailLanguages.of(locale)).contains(language);
  }

  @ParameterizedTest
  @CsvSource({"en", "en-GB", "eo", "zh-Hant", "x"})
  void theOthersAreSpokenToInEnglish(String locale) {
    assertThat(MailLanguages.of(locale)).isEmpty();
  }

  @Test
  void everyKindOfMailIsWrittenInAllOfThem() throws IOException {
    var languages = new TreeMap<String, TreeSet<String>>();
    try (var files = Files.list(Path.of("src/main/resources/messages"))) {
      files.map(file -> file.getFileName().toString().split("[_.]")).forEach(name -> languages.computeIfAbsent(name[0], _ -> new TreeSet<>()).add(name[1]));
    }

    assertThat(languages).containsOnlyKeys("confirmation", "invitation", "notice", "stalled").allSatisfy((kind, written) ->
        assertThat(written).as(kind).hasSize(10).allMatch(language -> MailLanguages.of(language).isPresent()));
  }
}
