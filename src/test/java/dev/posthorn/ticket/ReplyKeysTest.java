package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of signed reply addresses as an operator changes them: mail that has left is answered for years (P-18, P-23).
class ReplyKeysTest {
  private static final UUID TENANT = UUID.randomUUID();
  private static final String OLD = "1:old-secret-of-more-than-32-characters-";
  private static final String NEW = "2:new-secret-of-more-than-32-characters-";

  @Test
  void anAddressSignedBeforeTheChangeStillLeadsToItsTicket() {
    var token = new ReplyKeys(keys(OLD)).signer().token(TENANT, 42);

    assertThat(new ReplyKeys(keys(NEW, OLD)).signer().verify(TENANT, token)).hasValue(42);
    assertThat(new ReplyKeys(keys(NEW)).signer().verify(TENANT, token)).isEmpty();
  }

  @Test
  void theFirstKeySigns() {
    var token = new ReplyKeys(keys(NEW, OLD)).signer().token(TENANT, 42);

    assertThat(new ReplyKeys(keys(NEW)).signer().verify(TENANT, token)).hasValue(42);
  }

  @Test
  void anotherSecretUnderAnOldNumberVerifiesNothing() {
    var token = new ReplyKeys(keys(OLD)).signer().token(TENANT, 42);

    assertThat(new ReplyKeys(keys("1:another-secret-of-more-than-32-characters")).signer().verify(TENANT, token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "1:short", "x:secret-of-more-than-32-characters-----", "256:secret-of-more-than-32-characters-----", ":secret-of-more-than-32-characters-----"})
  void aWrongKeyStopsTheStartAndIsNotShown(String key) {
    assertThatThrownBy(() -> new ReplyKeys(keys(key))).isInstanceOf(ConfigurationException.class).hasMessageNotContaining("secret-of");
  }

  private static TicketConfig keys(String... keys) {
    return (TicketConfig) Proxy.newProxyInstance(TicketConfig.class.getClassLoader(), new Class<?>[] {TicketConfig.class},
        (_, method, _) -> method.getName().equals("replyKeys") ? List.of(keys) : null);
  }
}
