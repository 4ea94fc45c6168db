package dev.posthorn.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Turns a key into a caller. Runs on the event loop; only the look-up in the database leaves it.
@ApplicationScoped
class KeyIdentities implements IdentityProvider<KeyRequest> {
  private static final KeyHolder OPERATOR = new KeyHolder(Roles.OPERATOR, Role.OPERATOR, null, null, null, Scopes.ALL, false);

  private final KnownKeys keys;
  private final OperatorKey operator;

  KeyIdentities(KnownKeys keys, OperatorKey operator) {
    this.keys = keys;
    this.operator = operator;
  }

  @Override
  public Class<KeyRequest> getRequestType() {
    return KeyRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(KeyRequest request, AuthenticationRequestContext context) {
    if (operator.is(request.token())) {
      return Uni.createFrom().item(identity(OPERATOR));
    }
    var key = PlainKey.parse(request.token());
    if (key.isEmpty()) {
      return Uni.createFrom().failure(unknown());
    }
    return keys.remembered(key.get()).map(holder -> Uni.createFrom().item(identity(holder)))
        .orElseGet(() -> context.runBlocking(() -> keys.find(key.get()).map(KeyIdentities::identity).orElseThrow(KeyIdentities::unknown)));
  }

  private static SecurityIdentity identity(KeyHolder holder) {
    return QuarkusSecurityIdentity.builder().setPrincipal(holder).addRole(holder.role().word()).build();
  }

  /// Not told apart: a key that does not exist, and one whose secret is wrong.
  private static AuthenticationFailedException unknown() {
    return new AuthenticationFailedException();
  }
}
