package dev.posthorn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLengthTest {
  @ParameterizedTest
  @CsvSource({"160, 1", "161, 2", "306, 2", "307, 3", "459, 3", "460, 4"})
  void plainTextTakesSegmentsOf153(int characters, int segments) {
    assertThat(TextLength.of("a".repeat(characters))).isEqualTo(new TextLength(TextLength.GSM_7, characters, segments));
  }

  @ParameterizedTest
  @CsvSource({"70, 1", "71, 2", "134, 2", "135, 3"})
  void whatIsNotInTheAlphabetTakesSegmentsOf67(int characters, int segments) {
    assertThat(TextLength.of("ш".repeat(characters))).isEqualTo(new TextLength(TextLength.UCS_2, characters, segments));
  }

  @Test
  void someCharactersCountTwice() {
    assertThat(TextLength.of("€".repeat(80))).isEqualTo(new TextLength(TextLength.GSM_7, 160, 1));
    assertThat(TextLength.of("€".repeat(81)).segments()).isEqualTo(2);
    assertThat(TextLength.of("Grüße, Ñandú")).extracting(TextLength::encoding).isEqualTo(TextLength.UCS_2);
    assertThat(TextLength.of("Grüße, Ä Ö é è à")).extracting(TextLength::encoding).isEqualTo(TextLength.GSM_7);
  }

  @Test
  void aCharacterIsNotCut() {
    // 76 escaped pairs leave one septet of 153 empty.
    assertThat(TextLength.of("€".repeat(153)).segments()).isEqualTo(3);
    // 33 pairs of 16-bit units leave one of 67 empty.
    assertThat(TextLength.of("😀".repeat(67)).segments()).isEqualTo(3);
    assertThat(TextLength.of("")).isEqualTo(new TextLength(TextLength.GSM_7, 0, 1));
  }
}
