package dev.posthorn.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {
  private static final String ONE = key("1", 'a');
  private static final String TWO = key("2", 'b');

  static String key(String id, char filling) {
    return id + ":" + Base64.getEncoder().encodeToString(String.valueOf(filling).repeat(32).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsSealedOpensAgain() {
    var keys = new Keyring(List.of(ONE));
    var sealed = keys.seal(Secret.of("open sesame"), "here");

    assertThat(keys.open(sealed, "here")).isEqualTo(Secret.of("open sesame"));
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("sesame");
    assertThat(sealed.toString()).doesNotContain("sesame");
  }

  @Test
  void theSameSecretIsNeverSealedAlike() {
    var keys = new Keyring(List.of(ONE));

    assertThat(keys.seal(Secret.of("x"), "here").bytes()).isNotEqualTo(keys.seal(Secret.of("x"), "here").bytes());
  }

  @Test
  void itOpensInItsOwnPlaceAlone() {
    var keys = new Keyring(List.of(ONE));
    var sealed = keys.seal(Secret.of("open sesame"), "tenant-1 mailbox-password 7");

    assertThatThrownBy(() -> keys.open(sealed, "tenant-2 mailbox-password 7")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aChangedBitIsFoundOut() {
    var keys = new Keyring(List.of(ONE));
    var sealed = keys.seal(Secret.of("open sesame"), "here");
    sealed.bytes()[sealed.bytes().length - 1] ^= 1;

    assertThatThrownBy(() -> keys.open(sealed, "here")).isInstanceOf(IllegalStateException.class).hasMessageNotContaining("sesame");
  }

  @Test
  void theFirstKeySealsAndAllOpen() {
    var old = new Keyring(List.of(ONE)).seal(Secret.of("open sesame"), "here");
    var both = new Keyring(List.of(TWO, ONE));

    assertThat(both.open(old, "here")).isEqualTo(Secret.of("open sesame"));
    assertThat(both.seal(Secret.of("x"), "here").keyId()).isEqualTo("2");
    assertThatThrownBy(() -> new Keyring(List.of(TWO)).open(old, "here")).hasMessageContaining("The key 1 is not among");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sesame", "1:sesame", "1:c2hvcnQ=", ":YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=", "1 2:YQ=="})
  void aWrongKeyIsRefusedWithoutShowingIt(String wrong) {
    assertThatThrownBy(() -> new Keyring(List.of(wrong))).isInstanceOf(IllegalArgumentException.class).hasNoCause()
        .hasMessageNotContaining("sesame").hasMessageNotContaining("c2hvcnQ");
  }

  @Test
  void noKeyAndTwoOfOneIdAreRefused() {
    assertThatThrownBy(() -> new Keyring(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Keyring(List.of(ONE, key("1", 'c')))).isInstanceOf(IllegalArgumentException.class);
  }
}
