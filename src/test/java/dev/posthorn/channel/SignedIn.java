package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.support.FoundedTenant;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// A tenant whose support mailbox was signed in for, and whose token is soon over: the first who asks has to refresh.
final class SignedIn implements AutoCloseable {
  private static final Duration SOON_OVER = Duration.ofSeconds(5);
  private static final Duration USUAL = Duration.ofHours(1);

  final SignIns providers = new SignIns();
  final EntraRealm.Person support = providers.person(SignIns.ACME, "support@acme.example");
  final FoundedTenant tenant = FoundedTenant.found();
  UUID mailbox;

  SignedIn() {
    providers.entra.accessTokenLife(SOON_OVER);
    mailbox = UUID.fromString(providers.connected(tenant, support));
    providers.entra.accessTokenLife(USUAL);
  }

  /// The tokens as one more node has them.
  AccessTokens node() {
    return CDI.current().select(GrantTokens.class).get().of(tenant.id(), mailbox);
  }

  /// A good one, as one more node gets it.
  AccessToken token() {
    return granted(node().token());
  }

  static AccessToken granted(TokenOutcome outcome) {
    assertThat(outcome).isInstanceOf(TokenOutcome.Granted.class);
    return ((TokenOutcome.Granted) outcome).token();
  }

  boolean isGood(AccessToken token) {
    return providers.simulator.tokens().find(token.secret().reveal()).filter(known -> known.user().equals(Optional.of(support.oid()))).isPresent();
  }

  void change(Consumer<MailboxGrant> change) {
    tenant.in(() -> {
      change.accept(CDI.current().select(MailboxGrants.class).get().findById(mailbox));
      return null;
    });
  }

  void tokenFault(int times, Fault fault) {
    providers.entra.faults().next(times, call -> call.path().endsWith("/token"), fault);
  }

  @Override
  public void close() {
    providers.close();
    assertThat(providers.simulator.complaints().all()).isEmpty();
  }
}
