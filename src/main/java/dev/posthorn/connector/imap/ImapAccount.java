package dev.posthorn.connector.imap;

import dev.posthorn.connector.ServerAccount;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import java.util.Objects;

/// An account with everything that a line to it needs.
///
/// @param trust whose certificates count
/// @param reach to which addresses the host may lead
public record ImapAccount(ServerAccount server, Trust trust, Reach reach, ImapLimits limits) {
  /// All are there.
  public ImapAccount {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(reach, "reach");
    Objects.requireNonNull(limits, "limits");
  }
}
