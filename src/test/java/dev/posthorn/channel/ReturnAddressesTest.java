package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressesTest {
  private final ReturnAddresses returns = new ReturnAddresses(List.of("https://desk.example/setup", "http://localhost:3000/"));

  @ParameterizedTest
  @ValueSource(strings = {"https://desk.example/setup", "https://desk.example/setup/done?tab=mail", "HTTPS://DESK.example:443/setup",
      "http://localhost:3000", "http://localhost:3000/anything"})
  void whatIsAllowedAndWhatIsBelowIt(String address) {
    assertThat(returns.allow(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/setup", "https://desk.example/", "https://desk.example/setup-evil", "http://desk.example/setup",
      "https://desk.example:8443/setup", "https://desk.example.evil.example/setup", "https://desk.example@evil.example/setup",
      "https://evil.example\\@desk.example/setup", "//desk.example/setup", "/setup", "javascript:alert(1)", "data:text/html,x",
      "https://desk.example/setup/../admin", "https://desk.example/setup/%2e%2e/admin", "https://desk.example/setup/./x", "https://desk.example//setup",
      "https://desk.example/setup#x", "https://desk.example/setup\n", "https://d\u00e9sk.example/setup", "", " ", "https:", "https:///setup",
      "http://localhost:3000@evil.example/"})
  void nothingElse(String address) {
    assertThat(returns.allow(address)).isFalse();
  }

  @Test
  void nowhereWhereNothingIsAllowed() {
    assertThat(new ReturnAddresses(List.of()).allow("https://desk.example/")).isFalse();
  }

  @Test
  void aSettingThatIsNoAddressIsSaid() {
    assertThatThrownBy(() -> new ReturnAddresses(List.of("desk.example"))).isInstanceOf(IllegalArgumentException.class);
  }
}
