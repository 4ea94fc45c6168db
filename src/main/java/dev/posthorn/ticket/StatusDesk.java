package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.StatusResource.NewStatus;
import dev.posthorn.ticket.StatusResource.StatusChange;
import dev.posthorn.ticket.StatusResource.StatusView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with statuses. Each method is one transaction.
@ApplicationScoped
@Transactional
class StatusDesk {
  private final Statuses statuses;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  StatusDesk(Statuses statuses, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.statuses = statuses;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<StatusView> list(Listing listing) {
    return listing.answer(statuses::page, status -> Cursor.at(status.position, status.id), StatusView::of, statuses::count);
  }

  StatusView show(UUID id) {
    return StatusView.of(existing(id));
  }

  StatusView create(NewStatus wanted) {
    var status = new Status();
    status.id = Ids.next();
    status.name = wanted.name();
    status.kind = wanted.kind();
    status.position = Optional.ofNullable(wanted.position()).orElseGet(statuses::nextPosition);
    status.createdAt = clock.instant();
    status.updatedAt = status.createdAt;
    statuses.persistAndFlush(status);
    return StatusView.of(status);
  }

  StatusView change(UUID id, ObjectNode patch) {
    var status = existing(id);
    preconditions.check(StatusView.of(status));
    var current = new StatusChange(status.name, status.position);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      status.name = wanted.name();
      status.position = wanted.position();
      status.updatedAt = clock.instant();
      statuses.flush();
    }
    return StatusView.of(status);
  }

  /// Deletes a status that no ticket has. One of each kind is always there: Posthorn itself needs it.
  void remove(UUID id) {
    var status = existing(id);
    preconditions.check(StatusView.of(status));
    if (statuses.lockKind(status.kind).size() == 1) {
      throw Refusal.conflict("It is the last status of its kind.");
    }
    Removal.of("status", () -> {
      statuses.delete(status);
      statuses.flush();
    });
  }

  private Status existing(UUID id) {
    return statuses.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("status"));
  }
}
