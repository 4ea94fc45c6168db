package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannels;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.team.EmailHubSwitchedOn;
import dev.posthorn.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Mail for a team whose EmailHub is off is held, not lost (EH-01): it stays pending and is due when the team is switched on.
@ApplicationScoped
class Holding {
  static final String REASON = "email-hub-off";

  /// When held mail is due by itself: never, in a form that PostgreSQL and Java agree on.
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Teams teams;
  private final InboundChannels channels;
  private final InboundMails inboundMails;

  Holding(Teams teams, InboundChannels channels, InboundMails inboundMails) {
    this.teams = teams;
    this.channels = channels;
    this.inboundMails = inboundMails;
  }

  /// Holds the mails unless the team has been switched on meanwhile. The team's row is locked for reading: switching on
  /// waits for this transaction, and then finds every mail that it held.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean hold(UUID teamId, List<UUID> mails) {
    if (teams.findById(teamId, LockModeType.PESSIMISTIC_READ).emailHubEnabled) {
      return false;
    }
    inboundMails.lockPending(mails).forEach(mail -> mail.postpone(REASON, NEVER));
    return true;
  }

  void release(@Observes EmailHubSwitchedOn on) {
    inboundMails.release(channels.ofTeam(on.teamId()).stream().map(channel -> channel.id).toList(), REASON);
  }
}
