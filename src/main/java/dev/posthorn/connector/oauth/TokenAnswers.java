package dev.posthorn.connector.oauth;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Keeps what the clients would lose of an answer that is no: its status, and how long to wait. Mailboxes and people who sign in
/// have clients of their own, and this hears both.
@ApplicationScoped
@Unremovable
@OidcEndpoint(OidcEndpoint.Type.TOKEN)
public class TokenAnswers implements OidcResponseFilter {
  private static final int OK = 200;

  /// An answer without tokens.
  static final class NoTokens extends OidcClientException {
    private static final long serialVersionUID = 1L;

    final int status;
    final transient Optional<String> retryAfter;
    final String body;

    NoTokens(int status, Optional<String> retryAfter, String body) {
      super("The token endpoint answered " + status);
      this.status = status;
      this.retryAfter = retryAfter;
      this.body = body;
    }
  }

  /// What a token endpoint said that gave none; nothing where it was not heard.
  public static Optional<TokenReply> reply(Throwable thrown) {
    return thrown instanceof NoTokens said ? Optional.of(TokenWords.read(said.status, said.retryAfter, said.body)) : Optional.empty();
  }

  @Override
  public Uni<Void> filter(OidcResponseFilterContext answer) {
    return answer.statusCode() == OK ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new NoTokens(answer.statusCode(),
        Optional.ofNullable(answer.responseHeaders().get("Retry-After")), String.valueOf(answer.responseBody())));
  }
}
