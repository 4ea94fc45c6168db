package dev.posthorn.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.secret.TravelSeal;
import dev.posthorn.web.BearerKeys;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells the OpenID Connect client which provider a request is about: by its path where people sign in, by the issuer of its token
/// where a program calls. Everything else is none of its business.
@ApplicationScoped
public class Providers implements TenantConfigResolver {
  /// Where people sign in, with the provider's name behind it.
  static final String PATH = "/login/with/";

  /// Behind that, where the provider sends them back to. It is another path, so that whoever gives up and begins again is not taken for
  /// somebody who comes back without an answer.
  static final String BACK = "/back";

  /// Where the client would lead a browser when the provider refuses: it tells a refusal from other ends by that, and nobody gets there.
  private static final String DECLINED = "/login/declined";

  private static final String API = "/api/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private final OidcTenantConfig nobody = OidcTenantConfig.builder().tenantId("nobody").disableTenant().build();
  private final LoginConfig config;
  private final ObjectMapper json;
  private final Map<String, OidcTenantConfig> signIns = new LinkedHashMap<>();
  private final Map<String, OidcTenantConfig> tokens = new LinkedHashMap<>();

  Providers(LoginConfig config, TravelSeal seal, ObjectMapper json) {
    this.config = config;
    this.json = json;
    config.providers().forEach((name, provider) -> {
      if (!NAME.matcher(name).matches()) {
        throw new ConfigurationException("posthorn.login.providers: names are of lower case letters, digits and hyphens");
      }
      if (provider.trusted() && provider.issuer().filter(Issuers::isOfMany).isPresent()) {
        throw new ConfigurationException("posthorn.login.providers." + name + ".trusted: in an application of several directories each writes the addresses that it likes");
      }
      signIns.put(name, signIn(name, provider, seal));
      provider.audience().ifPresent(_ -> tokens.put(name, token(name, provider)));
    });
  }

  /// What cannot work is said when the service starts.
  void check(@Observes StartupEvent start) {
    // The constructor has looked.
  }

  private OidcTenantConfig signIn(String name, LoginConfig.Provider provider, TravelSeal seal) {
    var builder = OidcTenantConfig.authServerUrl(provider.url()).tenantId(name).applicationType(ApplicationType.WEB_APP).clientId(provider.clientId());
    provider.clientSecret().ifPresent(builder::credentials);
    provider.issuer().ifPresent(_ -> builder.token().issuer("any").end());
    builder.authentication()
        .scopes(provider.scopes())
        .redirectPath(PATH + name + BACK).removeRedirectParameters(false).errorPath(DECLINED)
        .pkceRequired(true).nonceRequired(true).failOnMissingStateParam(true)
        .stateSecret(seal.derived("sign-in state").substring(0, 32))
        .stateCookieAge(config.arrivalTime())
        .cookiePath(PATH + name).cookieForceSecure(config.secureCookies())
        .end();
    builder.tokenStateManager().encryptionSecret(seal.derived("sign-in tokens").substring(0, 32)).end();
    return builder.build();
  }

  private OidcTenantConfig token(String name, LoginConfig.Provider provider) {
    var builder = OidcTenantConfig.authServerUrl(provider.url()).tenantId(name + "-tokens").applicationType(ApplicationType.SERVICE)
        .clientId(provider.clientId());
    var token = builder.token().audience(provider.audience().orElseThrow());
    provider.issuer().ifPresent(_ -> token.issuer("any"));
    return token.end().build();
  }

  @Override
  public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> blocking) {
    return Uni.createFrom().item(ofPath(request.normalizedPath()).map(signIns::get).or(() -> ofToken(request).map(tokens::get)).orElse(nobody));
  }

  /// The provider at which somebody on this path signs in.
  Optional<String> ofPath(String path) {
    if (!path.startsWith(PATH)) {
      return Optional.empty();
    }
    var name = path.substring(PATH.length());
    return Optional.of(isWayBack(path) ? name.substring(0, name.length() - BACK.length()) : name).filter(signIns::containsKey);
  }

  /// Whether a provider sends people back to this path.
  static boolean isWayBack(String path) {
    return path.startsWith(PATH) && path.substring(PATH.length()).endsWith(BACK);
  }

  /// The provider whose token it seems to be. The issuer is read before anything is believed: whose keys to look at.
  Optional<String> ofToken(RoutingContext request) {
    if (!request.normalizedPath().startsWith(API)) {
      return Optional.empty();
    }
    return BearerKeys.token(request.request().getHeader(HttpHeaders.AUTHORIZATION)).filter(BearerKeys::isOfProvider).flatMap(this::issuer)
        .flatMap(issuer -> tokens.keySet().stream().filter(name -> Issuers.mayBeOf(issuerOf(name), issuer)).findFirst());
  }

  private String issuerOf(String name) {
    var provider = config.providers().get(name);
    return provider.issuer().orElse(provider.url());
  }

  private Optional<String> issuer(String token) {
    try {
      var claims = json.readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
      return Optional.ofNullable(claims.path("iss").textValue());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
