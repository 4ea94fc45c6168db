package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldedTextTest {
  @Test
  void whatIsWrittenDifferentlyIsTheSame() {
    assertThat(FoldedText.of("  ÄÖÜ ß\u00A0\r\n ﬁne\u00AD\u200B ")).isEqualTo(FoldedText.of("aou ss fine"));
    assertThat(FoldedText.of("e\u0301")).isEqualTo(FoldedText.of("É")).hasSameHashCodeAs(FoldedText.of("e"));
    assertThat(FoldedText.of("か\u3099")).isEqualTo(FoldedText.of("が")).isNotEqualTo(FoldedText.of("か"));
  }

  @Test
  void nothingStandsInEverything() {
    assertThat(FoldedText.of("").isEmpty()).isTrue();
    assertThat(FoldedText.of("x").contains(FoldedText.of(" "))).isTrue();
    assertThat(FoldedText.of("").contains(FoldedText.of("x"))).isFalse();
  }

  @Test
  void whatIsFoundIsWhatAnybodyFinds() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text = letters(random, 30);
      var wanted = letters(random, 5);

      assertThat(FoldedText.of(text).contains(FoldedText.of(wanted))).as(text + " / " + wanted).isEqualTo(text.contains(wanted));
    }
  }

  private static String letters(Random random, int most) {
    return random.ints(1 + random.nextInt(most), 0, 2).collect(StringBuilder::new, (text, letter) -> text.append((char) ('a' + letter)), StringBuilder::append).toString();
  }

  @Test
  void itSaysNothingOfWhatIsWritten() {
    assertThat(FoldedText.of("secret")).hasToString("FoldedText[6 characters]");
  }
}
