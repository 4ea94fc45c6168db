package dev.posthorn.sla;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.sla.PriorityResource.PriorityFields;
import dev.posthorn.sla.PriorityResource.PriorityView;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/// What HTTP may do with priorities. Each method is one transaction.
@ApplicationScoped
@Transactional
class PriorityDesk {
  private final Priorities priorities;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Event<PaceChanged> changed;
  private final Clock clock;

  PriorityDesk(Priorities priorities, Preconditions preconditions, MergePatch mergePatch, Event<PaceChanged> changed, Clock clock) {
    this.priorities = priorities;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.changed = changed;
    this.clock = clock;
  }

  Page<PriorityView> list(Listing listing) {
    return listing.answer(priorities::page, priority -> Cursor.at(priority.rank, priority.id), PriorityView::of, priorities::count);
  }

  PriorityView show(UUID id) {
    return PriorityView.of(existing(id));
  }

  PriorityView create(PriorityFields wanted) {
    var priority = new Priority();
    priority.id = Ids.next();
    priority.createdAt = clock.instant();
    write(priority, wanted);
    priorities.persistAndFlush(priority);
    return PriorityView.of(priority);
  }

  PriorityView change(UUID id, ObjectNode patch) {
    var priority = existing(id);
    preconditions.check(PriorityView.of(priority));
    var current = PriorityFields.of(priority);
    var before = priority.pace();
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      write(priority, wanted);
      priorities.flush();
      if (!before.equals(priority.pace())) {
        changed.fire(new PaceChanged(Set.of(id)));
      }
    }
    return PriorityView.of(priority);
  }

  void remove(UUID id) {
    var priority = existing(id);
    preconditions.check(PriorityView.of(priority));
    if (priority.isDefault) {
      throw Refusal.conflict("Tickets for which nobody chose a priority have this one. Make another one the default first.");
    }
    Removal.of("priority", () -> {
      priorities.delete(priority);
      priorities.flush();
    });
  }

  private void write(Priority priority, PriorityFields wanted) {
    if (wanted.alarmMinutes() != null && (wanted.completionMinutes() == null || wanted.alarmMinutes() > wanted.completionMinutes())) {
      throw Refusal.unprocessable("/alarmMinutes", "The alarm comes before the completion.");
    }
    boolean isDefault = Boolean.TRUE.equals(wanted.isDefault());
    if (priority.isDefault && !isDefault) {
      throw Refusal.unprocessable("/isDefault", "One priority is the default: make another one so instead.");
    }
    if (isDefault && !priority.isDefault) {
      priorities.noDefault();
    }
    priority.name = wanted.name();
    priority.rank = wanted.rank();
    priority.isDefault = isDefault;
    priority.reactionMinutes = wanted.reactionMinutes();
    priority.alarmMinutes = wanted.alarmMinutes();
    priority.completionMinutes = wanted.completionMinutes();
    priority.calendarId = wanted.calendarId();
    priority.updatedAt = clock.instant();
  }

  private Priority existing(UUID id) {
    return priorities.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("priority"));
  }
}
