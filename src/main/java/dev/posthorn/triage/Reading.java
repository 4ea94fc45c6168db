package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.intake.Explanation.Note;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Standing;
import dev.posthorn.trust.Authentication;
import java.time.Instant;
import java.util.List;

/// A mail on its way through triage: what it says, and the channel and team it came in by.
///
/// @param parsed holds the temporary files of big attachments
/// @param raw the very bytes
/// @param times when it was claimed and parsed
/// @param released somebody has let it out of quarantine
/// @param screened what kind of mail it is
/// @param sender what is known of who sent it
record Reading(Incoming mail, InboundChannel channel, Team team, Parsed parsed, RawMail raw, Times times, boolean released,
    Screened screened, Authentication sender) implements AutoCloseable {
  record Times(Instant claimed, Instant parsed) {}

  Standing standing() {
    return new Standing(screened.classification(), sender);
  }

  /// Whether nobody waits for an answer to it.
  boolean isByProgram() {
    return screened.classification() != Classification.ORDINARY;
  }

  /// Why no program answers it, for the explanation.
  List<Note> notes() {
    return Confirming.silence(this).stream().map(reason -> new Note(reason.code(), reason.text())).toList();
  }

  @Override
  public void close() {
    parsed.close();
    raw.close();
  }
}
