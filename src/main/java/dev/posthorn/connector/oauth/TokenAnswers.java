package dev.posthorn.connector.oauth;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Keeps what the client would lose of an answer that is no: its status, and how long to wait.
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

  @Override
  public Uni<Void> filter(OidcResponseFilterContext answer) {
    return answer.statusCode() == OK ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new NoTokens(answer.statusCode(),
        Optional.ofNullable(answer.responseHeaders().get("Retry-After")), String.valueOf(answer.responseBody())));
  }
}
