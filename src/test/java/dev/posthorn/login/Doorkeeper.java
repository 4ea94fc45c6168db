package dev.posthorn.login;

import java.net.http.HttpResponse;

/// A server of OpenID Connect that is not ours, and what people do on its pages. It has the providers `acme` and `other`, of which the
/// second gives access tokens for our API, and `foreign`, of which the application knows nothing.
interface Doorkeeper {
  /// Whom access tokens are for that our API takes.
  String AUDIENCE = "posthorn-api";

  /// Whom access tokens are for that somebody else's takes.
  String OTHER_AUDIENCE = "another-api";

  /// Below which path of the server a provider's pages lie.
  String path(String provider);

  /// Somebody says on the provider's page who they are.
  ///
  /// @return where their browser ends up
  HttpResponse<String> pass(Visitor visitor, String provider, HttpResponse<String> page);

  /// An access token with which a program acts for somebody.
  String token(String provider, Visitor.Person person, String audience);
}
