package dev.posthorn.connector;

/// The access tokens of one account at a provider, one after the other.
///
/// Safe for use by many threads. It may block while a token is got, so it is asked outside every transaction, on a virtual
/// thread.
public interface AccessTokens {
  /// A token that is good for some minutes at least, or why there is none. Trouble is an outcome; an exception is a bug of ours.
  TokenOutcome token();

  /// The provider answered 401 to this token: the next [#token] gets another one. What is refused again after that is an
  /// outcome of its own, and no reason to ask for a third.
  void refused(AccessToken token);
}
