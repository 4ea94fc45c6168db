package dev.posthorn.connector.oauth;

import dev.posthorn.secret.Secret;
import java.util.Optional;

/// One provider at which people sign in. Everything but the addresses and [#identify]'s first look blocks for one answer of the
/// provider at most; trouble is an outcome.
public sealed interface SignIn permits Entra, Google {
  /// Whether the operator has registered an application there.
  boolean isConfigured();

  /// The settings without which it is not.
  String missing();

  /// Where a browser is sent to sign in.
  String authorizationUrl(Question question);

  /// Tokens for the code that came back.
  ///
  /// @param verifier the secret behind the challenge (RFC 7636)
  TokenReply exchange(Secret code, Secret verifier);

  /// New tokens for a refresh token.
  TokenReply refresh(Secret refreshToken);

  /// Who signed in.
  ///
  /// @throws NotBelieved where the token is not what it should be
  Identity identify(Secret idToken, String nonce) throws NotBelieved;

  /// What a sign-in asks for.
  ///
  /// @param directory who may sign in; empty for whom the operator lets
  /// @param mail whether mail is asked for, or just who it is
  /// @param hint the address to offer
  /// @param challenge of PKCE, S256
  record Question(Optional<String> directory, boolean mail, Optional<String> hint, String state, String nonce, String challenge) {}
}
