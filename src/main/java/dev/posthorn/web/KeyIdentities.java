package dev.posthorn.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Turns a key into a caller. Runs on the event loop; only the look-up in the database leaves it, and who has guessed too often does not
/// get so far.
@ApplicationScoped
class KeyIdentities implements IdentityProvider<KeyRequest> {
  private static final KeyHolder OPERATOR = new KeyHolder(Roles.OPERATOR, Role.OPERATOR, null, null, null, Scopes.ALL, null, false);

  private final KnownKeys keys;
  private final OperatorKey operator;
  private final RateLimit rateLimit;

  KeyIdentities(KnownKeys keys, OperatorKey operator, RateLimit rateLimit) {
    this.keys = keys;
    this.operator = operator;
    this.rateLimit = rateLimit;
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
        .orElseGet(() -> ask(key.get(), request.address(), context));
  }

  /// A key that was good a while ago is looked up whatever else comes from its address: who guesses beside it does not shut it out.
  private Uni<SecurityIdentity> ask(PlainKey key, String address, AuthenticationRequestContext context) {
    if (keys.isNobodys(key)) {
      return Uni.createFrom().failure(unknown());
    }
    if (!keys.wasGood(key)) {
      try {
        rateLimit.demandOfStranger(address);
      } catch (Refusal tooOften) {
        return Uni.createFrom().failure(tooOften);
      }
    }
    return context.runBlocking(() -> keys.find(key).map(KeyIdentities::identity).orElseThrow(KeyIdentities::unknown));
  }

  private static SecurityIdentity identity(KeyHolder holder) {
    return QuarkusSecurityIdentity.builder().setPrincipal(holder).addRole(holder.role().word()).build();
  }

  /// Not told apart: a key that does not exist, and one whose secret is wrong.
  private static AuthenticationFailedException unknown() {
    return new AuthenticationFailedException();
  }
}
