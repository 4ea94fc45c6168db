package dev.posthorn.login;

import dev.posthorn.secret.TravelSeal;
import dev.posthorn.team.AgentChanged;
import dev.posthorn.team.AgentLeaving;
import dev.posthorn.tenant.Erased;
import dev.posthorn.web.KeyHolder;
import dev.posthorn.web.Role;
import dev.posthorn.web.Standing;
import dev.posthorn.web.WebConfig;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// A provider's access token that was verified becomes a caller: the agent whom its issuer and subject name. Whoever belongs to
/// several tenants says which, by its slug, in the header `Posthorn-Tenant`.
@ApplicationScoped
public class TokenIdentities implements SecurityIdentityAugmentor, Standing {
  static final String TENANT = "Posthorn-Tenant";

  private static final String API = "/api/";
  private static final String KEY_ID = "login-";

  private final Logins logins;
  private final Providers providers;
  private final LoginConfig config;
  private final TravelSeal seal;
  private final Cache<Person, List<Logins.Home>> remembered;

  TokenIdentities(Logins logins, Providers providers, LoginConfig config, WebConfig web, TravelSeal seal) {
    this.logins = logins;
    this.providers = providers;
    this.config = config;
    this.seal = seal;
    this.remembered = Caffeine.newBuilder().maximumSize(config.rememberedSessions()).expireAfterWrite(web.keyCacheTtl()).build();
  }

  private record Person(String issuer, String subject) {}

  @Override
  public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
    return Uni.createFrom().item(identity);
  }

  @Override
  public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
    RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
    return request != null && request.normalizedPath().startsWith(API) && identity.getPrincipal() instanceof JsonWebToken token
        ? context.runBlocking(() -> caller(token, request))
        : Uni.createFrom().item(identity);
  }

  @ActivateRequestContext
  SecurityIdentity caller(JsonWebToken token, RoutingContext request) {
    var provider = providers.ofToken(request).orElseThrow(AuthenticationFailedException::new);
    Arrivals.demandIssuer(config.providers().get(provider), token);
    var person = new Person(token.getIssuer(), token.getSubject());
    var homes = remembered.get(person, one -> logins.homes(one.issuer, one.subject));
    var home = choose(homes, Optional.ofNullable(request.request().getHeader(TENANT))).orElseThrow(AuthenticationFailedException::new);
    var holder = KeyHolder.signedIn(KEY_ID + home.loginId(), role(home.role()), home.tenant(), home.agentId(), false);
    return SessionIdentities.identity(holder, seal.derived("caller " + holder.keyId()));
  }

  private static Role role(String word) {
    return Role.valueOf(word.toUpperCase(Locale.ROOT));
  }

  @Override
  public Optional<Role> roleOf(String keyId) {
    return keyId.startsWith(KEY_ID) ? logins.agentOf(UUID.fromString(keyId.substring(KEY_ID.length()))).map(agent -> role(agent.role)) : Optional.empty();
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) AgentChanged changed) {
    forget(home -> home.agentId().equals(changed.agentId()));
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) AgentLeaving leaving) {
    forget(home -> home.agentId().equals(leaving.agentId()));
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) Erased erased) {
    forget(home -> home.tenant().equals(erased.tenant()));
  }

  /// An agent who comes back was not among the homes of the person: what is known of somebody who has none is forgotten too.
  private void forget(Predicate<Logins.Home> concerned) {
    remembered.asMap().values().removeIf(homes -> homes.isEmpty() || homes.stream().anyMatch(concerned));
  }

  private static Optional<Logins.Home> choose(List<Logins.Home> homes, Optional<String> wanted) {
    if (wanted.isPresent()) {
      return homes.stream().filter(home -> home.slug().equals(wanted.get())).findFirst();
    }
    return homes.size() == 1 ? Optional.of(homes.getFirst()) : Optional.empty();
  }
}
