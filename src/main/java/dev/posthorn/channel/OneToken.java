package dev.posthorn.channel;

import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.TokenOutcome;

/// The one token that there is before a mailbox is saved; nothing follows it.
record OneToken(AccessToken only) implements AccessTokens {
  /// The token of a grant that has just been got.
  static OneToken of(MailboxGrants.Grant grant) {
    return new OneToken(new AccessToken(grant.secret().access().orElseThrow(), grant.expiresAt()));
  }

  @Override
  public TokenOutcome token() {
    return new TokenOutcome.Granted(only);
  }

  @Override
  public void refused(AccessToken refused) {
    // There is no other: what follows is refused too, and said.
  }
}
