package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/// Whose address counts when the people of a domain are let in.
class VerifiedAddressTest {
  private static final String GOOGLE = "https://accounts.google.com";

  private record Token(Map<String, Object> claims) implements JsonWebToken {
    @Override
    public String getName() {
      return getSubject();
    }

    @Override
    public Set<String> getClaimNames() {
      return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getClaim(String name) {
      return (T) claims.get(name);
    }
  }

  private static LoginConfig config(Map<String, String> settings) {
    var provider = new HashMap<>(Map.of("title", "One", "url", GOOGLE, "client-id", "posthorn"));
    provider.putAll(settings);
    var values = new HashMap<String, String>();
    provider.forEach((name, value) -> values.put("posthorn.login.providers.one." + name, value));
    return new SmallRyeConfigBuilder().withConverter(Duration.class, 200, new DurationConverter()).withMapping(LoginConfig.class).withDefaultValues(values).build().getConfigMapping(LoginConfig.class);
  }

  private static Arrival arrival(String issuer, Map<String, Object> claims) {
    var all = new HashMap<String, Object>(Map.of("iss", issuer, "sub", "7", "email", "anna@acme.example", "email_verified", true));
    all.putAll(claims);
    return new Arrivals(config(Map.of()), null, Clock.systemUTC()).of("one", new Token(all), null);
  }

  @Test
  void anAddressOfADomainThatGoogleDoesNotKeepOpensNoDomain() {
    assertThat(arrival(GOOGLE, Map.of()).domain()).as("an account of somebody's own with an address of the company's").isEmpty();
    assertThat(arrival(GOOGLE, Map.of("hd", "other.example")).domain()).isEmpty();
    assertThat(arrival("accounts.google.com", Map.of()).domain()).isEmpty();
  }

  @Test
  void anAccountOfTheDomainItselfDoes() {
    assertThat(arrival(GOOGLE, Map.of("hd", "Acme.example")).domain()).contains("acme.example");
    assertThat(arrival("https://login.acme.example", Map.of()).domain()).contains("acme.example");
    assertThat(arrival("https://login.acme.example", Map.of("email_verified", "false")).domain()).isEmpty();
  }

  @Test
  void nobodyTrustsTheAddressesOfEveryDirectory() {
    var many = config(Map.of("trusted", "true", "issuer", "https://login.microsoftonline.com/{tenantid}/v2.0"));

    assertThatThrownBy(() -> new Providers(many, null, null)).isInstanceOf(ConfigurationException.class).hasMessageContaining("posthorn.login.providers.one.trusted");
  }
}
