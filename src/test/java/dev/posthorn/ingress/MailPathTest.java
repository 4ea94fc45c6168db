package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailPathTest {

  @Test
  void thePathIsWhatStandsInTheBrackets() {
    assertThat(address("FROM:<a@b.example>")).isEqualTo("a@b.example");
    assertThat(address("from: <a@b.example>")).isEqualTo("a@b.example");
    assertThat(address("FROM:<>")).isEmpty();
    assertThat(address("FROM:<@x.example,@y.example:a@b.example>")).isEqualTo("a@b.example");
    assertThat(address("FROM:<\"a>b\"@b.example>")).isEqualTo("\"a>b\"@b.example");
    assertThat(address("FROM:<\"a\\\"> x\"@b.example>")).isEqualTo("\"a\\\"> x\"@b.example");
  }

  @Test
  void parametersStandBehindItInAnyCase() {
    assertThat(MailPath.parse("FROM:<a@b> size=12  Body=8BITMIME SMTPUTF8", "FROM:").orElseThrow().parameters())
        .containsEntry("SIZE", "12").containsEntry("BODY", "8BITMIME").containsEntry("SMTPUTF8", "").hasSize(3);
    assertThat(MailPath.parse("FROM:<a@b> X=a=b", "FROM:").orElseThrow().parameters()).containsEntry("X", "a=b");
  }

  @Test
  void whatIsNoPathIsRefused() {
    for (var wrong : new String[] {
      "", "FROM:", "FROM:a@b", "FROM <a@b>", "TO:<a@b>", "FROM:<a@b", "FROM:<\"a@b>", "FROM:<a\\>", "FROM:<a@b>x", "FROM:<a@b> A=1 a=2", "FROM:x<a@b>"
    }) {
      assertThat(MailPath.parse(wrong, "FROM:")).as(wrong).isEmpty();
    }
  }

  private static String address(String arguments) {
    return MailPath.parse(arguments, "FROM:").orElseThrow().address();
  }
}
