package dev.posthorn.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(words("Die MÜLLER-Straße, Łódź", "de")).contains("muller", "strasse", "lodz");
  }

  @Test
  void anAddressIsFoundByItsParts() {
    assertThat(words("Anna.Example@mail.customer.example", "en")).contains("anna.example", "anna", "example", "mail.customer.example", "customer");
  }

  @Test
  void aNumberAndTheNameOfAFileAreWords() {
    assertThat(words("Invoice_2026-11.pdf for 4711", "en")).contains("invoice", "2026", "11", "pdf", "4711");
  }

  @Test
  void japaneseIsKeptInPairsOfCharacters() {
    assertThat(words("暖房が壊れました", "ja")).contains("暖房", "壊れ");
  }

  @Test
  void formsOfAWordShareAStem() {
    assertThat(words("Rechnungen", "de")).contains("~rechnung");
    assertThat(words("invoices", "de")).contains("~invoic");
    assertThat(words("invoice", "pl")).contains("~invoic");
  }

  @Test
  void moreDifferentWordsThanWantedAreNotKept() {
    var text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append("word").append(i).append(' ');
    }
    Set<String> words = new LinkedHashSet<>();

    Words.collect(text.toString(), Stems.of(Optional.empty()), 50, words);

    assertThat(words).hasSizeBetween(50, 55);
  }

  @Test
  void aWordWithoutAnEndIsCut() {
    assertThat(words("x".repeat(100_000), "en")).allMatch(word -> word.length() <= 65);
  }

  private static Set<String> words(String text, String language) {
    Set<String> words = new LinkedHashSet<>();
    Words.collect(text, Stems.of(Optional.of(language)), 10_000, words);
    return words;
  }
}
