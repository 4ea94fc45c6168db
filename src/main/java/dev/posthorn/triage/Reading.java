package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Standing;
import dev.posthorn.trust.Authentication;

/// A mail on its way through triage: what it says, and the channel and team it came in by.
///
/// @param parsed holds the temporary files of big attachments
/// @param raw the very bytes
/// @param screened what kind of mail it is
/// @param sender what is known of who sent it
record Reading(Incoming mail, InboundChannel channel, Team team, Parsed parsed, RawMail raw, Screened screened, Authentication sender)
    implements AutoCloseable {
  Standing standing() {
    return new Standing(screened.classification(), sender);
  }

  /// Whether nobody waits for an answer to it.
  boolean isByProgram() {
    return screened.classification() != Classification.ORDINARY;
  }

  @Override
  public void close() {
    parsed.close();
    raw.close();
  }
}
