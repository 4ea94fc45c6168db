package dev.posthorn.connector.imap;

import dev.posthorn.connector.ServerAccount;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import java.util.Objects;

/// An account with everything that a line to it needs.
///
/// @param trust whose certificates count
/// @param reach to which addresses the host may lead
/// @param places for its lines
public record ImapAccount(ServerAccount server, Trust trust, Reach reach, ImapLimits limits, LinePlaces places) {
  /// One with as many lines as anybody likes.
  public ImapAccount(ServerAccount server, Trust trust, Reach reach, ImapLimits limits) {
    this(server, trust, reach, limits, LinePlaces.unlimited());
  }

  /// All are there.
  public ImapAccount {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(reach, "reach");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(places, "places");
  }
}
