package dev.posthorn.ticket;

import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/// The saved views that the caller sees: shared ones, and the own.
@ApplicationScoped
class SavedViews implements PanacheRepositoryBase<SavedView, UUID> {
  private static final UUID NOBODY = new UUID(0, 0);

  private final Caller caller;

  SavedViews(Caller caller) {
    this.caller = caller;
  }

  List<SavedView> page(Cursor after, int atMost) {
    return seen().oldestFirst(this, after, atMost);
  }

  long countSeen() {
    return seen().count(this);
  }

  private Selection seen() {
    return Selection.all().where("(shared or ownerId = ?)", caller.agentId().orElse(NOBODY));
  }

  /// @throws Refusal 404 where the caller sees no such view
  SavedView visible(UUID id) {
    return findByIdOptional(id).filter(view -> view.shared || caller.agentId().filter(agent -> agent.equals(view.ownerId)).isPresent())
        .orElseThrow(() -> Refusal.notFound("view"));
  }

  /// Its own views everybody changes, and the administration all that are shared.
  boolean mayChange(SavedView view) {
    return caller.is(Role.ADMIN) || caller.agentId().filter(agent -> agent.equals(view.ownerId)).isPresent();
  }

  /// Lets a list show what the view says, where it does not say something else itself.
  ///
  /// @throws Refusal 400 where there is no such view
  @Transactional
  void apply(TicketFilter filter) {
    if (filter.viewId == null) {
      return;
    }
    var view = findByIdOptional(filter.viewId).map(found -> visible(found.id))
        .orElseThrow(() -> Refusal.badRequest("viewId", "There is no such view."));
    if (Boolean.TRUE.equals(view.filters.mine()) && caller.agentId().isEmpty()) {
      throw Refusal.badRequest("viewId", "The view shows the caller's own tickets, and this key belongs to no agent.");
    }
    filter.fill(view.filters, view.sort, caller.agentId().orElse(null));
  }
}
