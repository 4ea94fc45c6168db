package dev.posthorn.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void allWordsAreWantedInAnyOfTheirForms() {
    assertThat(Question.of("Open  invoices", "en").toQuery("t1")).isEqualTo("('t1open' | 't1~open') & ('t1invoices' | 't1~invoic')");
  }

  @Test
  void aWordMayBeUnwantedOrGoOn() {
    assertThat(Question.of("heat* -boiler", "de-AT").toQuery("")).isEqualTo("('heat':*) & !('boiler' | '~boil' | '~boiler')");
  }

  @Test
  void whatIsNoWordAsksNothing() {
    assertThat(Question.of("' \\ & | ! () :* - <->", "en").wanted()).isEmpty();
  }

  @Test
  void quotesStayInsideOfWords() {
    assertThat(Question.of("o'brien", "en").toQuery("")).startsWith("('o''brien'");
  }
}
