package dev.posthorn.setup;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What providers asked before they forward to the current tenant. In the caller's transaction.
@ApplicationScoped
public class ForwardingConfirmations implements PanacheRepositoryBase<ForwardingConfirmation, UUID> {
  private static final int SHOWN = 10;

  private final Journal journal;
  private final Clock clock;

  ForwardingConfirmations(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// Keeps it for whoever sets the team up, who is told by an event. The code itself is in no event: who hears them need not be one who may confirm.
  public void keep(ConfirmationMail mail, UUID teamId, UUID inboundMailId) {
    var row = new ForwardingConfirmation();
    row.id = Ids.next();
    row.teamId = teamId;
    row.provider = mail.provider();
    row.address = mail.address().orElse(null);
    row.code = mail.code().orElse(null);
    row.link = mail.link().orElse(null);
    row.inboundMailId = inboundMailId;
    row.createdAt = clock.instant();
    persistAndFlush(row);
    journal.tenant("forwarding.confirmation-asked", Actor.SYSTEM, Map.of("teamId", teamId, "provider", mail.provider()));
  }

  /// The newest, the newest first.
  List<ForwardingConfirmation> ofTeam(UUID teamId) {
    return find("teamId = ?1 order by id desc", teamId).page(0, SHOWN).list();
  }
}
