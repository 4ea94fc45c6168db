package dev.posthorn.text;

import dev.posthorn.team.TeamLeaving;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The text accounts of the current tenant.
@ApplicationScoped
public class TextAccounts implements PanacheRepositoryBase<TextAccount, UUID> {
  /// Before the ways in of the team go.
  private static final int FIRST = 100;

  List<TextAccount> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  public Optional<TextAccount> ofChannel(UUID inboundChannelId) {
    return find("inboundChannelId", inboundChannelId).firstResultOptional();
  }

  /// By which texts of a team leave if nothing else is said: its own oldest one, else the tenant's.
  public Optional<TextAccount> ofTeam(UUID teamId) {
    return find("teamId = ?1 order by id", teamId).<TextAccount>firstResultOptional().or(() -> find("order by id").firstResultOptional());
  }

  /// What the gateway said last. That is no edit: the account's version stays.
  ///
  /// @param error null for a success
  void heard(UUID id, String error, Instant at) {
    if (error == null) {
      update("lastSuccessAt = ?1, lastError = null where id = ?2", at, id);
    } else {
      update("lastError = ?1 where id = ?2", error, id);
    }
  }

  void leaving(@Observes @Priority(FIRST) TeamLeaving leaving) {
    if (count("teamId", leaving.teamId()) > 0) {
      throw Refusal.conflict("A text account still needs the team.");
    }
  }
}
