package dev.posthorn.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.web.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPartTest {
  @ParameterizedTest
  @CsvSource({"help,help", "Help,help", "a,a", "first.line_2-b,first.line_2-b", "123456789012345678901234567890123456,123456789012345678901234567890123456"})
  void isTakenInLowerCase(String wanted, String text) {
    assertThat(LocalPart.of(wanted).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a..b", ".a", "a.", "-a", "a-", "a+b", "a@b", "ä", "a\r\n", "1234567890123456789012345678901234567"})
  void whatIsNoneIsRefused(String wanted) {
    assertThatThrownBy(() -> LocalPart.of(wanted)).isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.kind().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster", "Abuse", "MAILER-DAEMON", "noreply", "no-reply"})
  void reservedOnesAreNobodys(String wanted) {
    assertThatThrownBy(() -> LocalPart.of(wanted)).isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.kind().status()).isEqualTo(422));
  }

  @ParameterizedTest
  @CsvSource({"support,support.acme", "Käufer & Co,kaufer-co.acme", "日本語,team.acme", "'  ',team.acme", "--Parts--,parts.acme"})
  void isMadeFromNames(String name, String text) {
    assertThat(LocalPart.like(name, "acme").text()).isEqualTo(text);
  }

  @Test
  void doesNotEndInAMarkWhereItIsCut() {
    assertThat(LocalPart.cut("abc.-def", 5)).isEqualTo("abc");
  }
}
