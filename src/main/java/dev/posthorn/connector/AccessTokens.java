package dev.posthorn.connector;

/// The access tokens of one account at a provider, one after the other.
///
/// Safe for use by many threads. It may block while a token is got, so it is asked outside every transaction, on a virtual
/// thread.
public interface AccessTokens {
  /// A token that is good for some minutes at least, or why there is none. Trouble is an outcome; an exception is a bug of ours.
  TokenOutcome token();

  /// The same for whoever can do nothing without one.
  ///
  /// @throws ApiTrouble there is none; nothing was asked
  default AccessToken demanded() throws ApiTrouble {
    return switch (token()) {
      case TokenOutcome.Granted(var token) -> token;
      case TokenOutcome.NeedsReauthorization(var code, var words, var remedy) -> throw ApiTrouble.grantDead(code + " " + words + " " + remedy);
      case TokenOutcome.NotNow(var why) -> throw ApiTrouble.noToken(why);
    };
  }

  /// The provider answered 401 to this token: the next [#token] gets another one. What is refused again after that is an
  /// outcome of its own, and no reason to ask for a third.
  void refused(AccessToken token);
}
