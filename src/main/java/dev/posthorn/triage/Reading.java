package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.mail.Mail;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import java.util.Optional;

/// A mail on its way through triage: what it says, and the channel and team it came in by.
///
/// @param parsed holds the temporary files of big attachments; none for a mail that could not be read
record Reading(Incoming mail, InboundChannel channel, Team team, Optional<Mail> parsed) implements AutoCloseable {
  @Override
  public void close() {
    parsed.ifPresent(Mail::close);
  }
}
