package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorKeyTest {
  @Test
  void aShortKeyStopsTheStartWithoutTellingIt() {
    var key = configured("x".repeat(31));

    assertThatThrownBy(() -> key.check(new StartupEvent())).isInstanceOf(ConfigurationException.class)
        .hasMessage("posthorn.operator.key must have at least 32 characters.");
  }

  @Test
  void aLongKeyOrNoneIsFine() {
    assertThatCode(() -> configured("x".repeat(32)).check(new StartupEvent())).doesNotThrowAnyException();
    assertThatCode(() -> new OperatorKey(Optional::empty).check(new StartupEvent())).doesNotThrowAnyException();
  }

  @Test
  void withoutAKeyNobodyIsOperator() {
    assertThat(new OperatorKey(Optional::empty).is("")).isFalse();
    assertThat(configured("x".repeat(32)).is("x".repeat(32))).isTrue();
    assertThat(configured("x".repeat(32)).is("x".repeat(33))).isFalse();
  }

  private static OperatorKey configured(String key) {
    return new OperatorKey(() -> Optional.of(key));
  }
}
