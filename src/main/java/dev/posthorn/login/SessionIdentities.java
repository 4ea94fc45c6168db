package dev.posthorn.login;

import dev.posthorn.web.CallerFilter;
import dev.posthorn.web.KeyHolder;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Turns a session into a caller. Runs on the event loop; only the look-up in the database leaves it.
@ApplicationScoped
public class SessionIdentities implements IdentityProvider<SessionRequest> {
  private final LoginSessions sessions;

  SessionIdentities(LoginSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Class<SessionRequest> getRequestType() {
    return SessionRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(SessionRequest request, AuthenticationRequestContext context) {
    var shown = request.shown();
    return sessions.remembered(shown).map(holder -> Uni.createFrom().item(identity(holder, shown.secret())))
        .orElseGet(() -> context.runBlocking(() -> sessions.find(shown).map(holder -> identity(holder, shown.secret()))
            .orElseThrow(AuthenticationFailedException::new)));
  }

  /// @param secret what the caller alone has
  static SecurityIdentity identity(KeyHolder holder, String secret) {
    return QuarkusSecurityIdentity.builder().setPrincipal(holder).addRole(holder.role().word()).addAttribute(CallerFilter.SECRET, secret).build();
  }
}
