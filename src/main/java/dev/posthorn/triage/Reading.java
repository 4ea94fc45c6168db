package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import java.time.Instant;

/// A mail on its way through triage: what it says, and the channel and team it came in by.
///
/// @param parsed holds the temporary files of big attachments
/// @param raw the very bytes
/// @param times when it was claimed and parsed
/// @param released somebody has let it out of quarantine
record Reading(Incoming mail, InboundChannel channel, Team team, Parsed parsed, RawMail raw, Times times, boolean released)
    implements AutoCloseable {
  record Times(Instant claimed, Instant parsed) {}

  @Override
  public void close() {
    parsed.close();
    raw.close();
  }
}
