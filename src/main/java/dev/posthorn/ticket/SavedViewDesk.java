package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.SavedViewResource.SavedViewFields;
import dev.posthorn.ticket.SavedViewResource.SavedViewView;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with saved views. Each method is one transaction.
@ApplicationScoped
@Transactional
class SavedViewDesk {
  private final SavedViews views;
  private final TicketConfig config;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Caller caller;
  private final Clock clock;

  SavedViewDesk(SavedViews views, TicketConfig config, Preconditions preconditions, MergePatch mergePatch, Caller caller, Clock clock) {
    this.views = views;
    this.config = config;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.caller = caller;
    this.clock = clock;
  }

  Page<SavedViewView> list(Listing listing) {
    return listing.answer(views::page, view -> Cursor.at(view.id), SavedViewView::of, views::countSeen);
  }

  SavedViewView show(UUID id) {
    return SavedViewView.of(views.visible(id));
  }

  SavedViewView create(SavedViewFields wanted) {
    if (views.countSeen() >= config.maxViews()) {
      throw Refusal.conflict("There are " + config.maxViews() + " views already.");
    }
    var view = new SavedView();
    view.id = Ids.next();
    view.ownerId = caller.agentId().orElse(null);
    view.createdAt = clock.instant();
    write(view, wanted);
    views.persistAndFlush(view);
    return SavedViewView.of(view);
  }

  SavedViewView change(UUID id, ObjectNode patch) {
    var view = changeable(id);
    preconditions.check(SavedViewView.of(view));
    var current = SavedViewFields.of(view);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      write(view, wanted);
      views.flush();
    }
    return SavedViewView.of(view);
  }

  void remove(UUID id) {
    var view = changeable(id);
    preconditions.check(SavedViewView.of(view));
    views.delete(view);
  }

  private SavedView changeable(UUID id) {
    var view = views.visible(id);
    if (!views.mayChange(view)) {
      throw Refusal.forbidden("A shared view is changed by whoever made it, and by admins.");
    }
    return view;
  }

  private void write(SavedView view, SavedViewFields wanted) {
    boolean shared = Boolean.TRUE.equals(wanted.shared());
    if (!shared && view.ownerId == null) {
      throw Refusal.unprocessable("/shared", "This key belongs to no agent: what it makes is shared.");
    }
    if (shared && !view.shared && caller.is(Role.AGENT)) {
      throw Refusal.forbidden("Leads and admins share views.");
    }
    view.name = wanted.name();
    view.shared = shared;
    view.filters = wanted.filters();
    view.sort = Optional.ofNullable(wanted.sort()).orElse(TicketFilter.CREATED_AT);
    view.columns = wanted.columns() == null ? List.of() : wanted.columns().stream().distinct().toList();
    view.updatedAt = clock.instant();
  }
}
