package dev.posthorn.login;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Bounds how long a provider may take for one answer: who signs in waits for it, and the client would wait for ever.
@ApplicationScoped
@Unremovable
public class ProviderPatience implements OidcRequestFilter {
  /// Said of requests for mailboxes' tokens, which have a limit of their own.
  private static final String OF_MAILBOXES = "client-id";

  private final long milliseconds;

  ProviderPatience(LoginConfig config) {
    this.milliseconds = config.answerTimeout().toMillis();
  }

  @Override
  public Uni<Void> filter(OidcRequestFilterContext asked) {
    var about = asked.contextProperties();
    if (about == null || !about.getAll().containsKey(OF_MAILBOXES)) {
      asked.request().timeout(milliseconds);
    }
    return Uni.createFrom().voidItem();
  }
}
