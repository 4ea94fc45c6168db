package dev.posthorn.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.queue.QueueResource.NewQueue;
import dev.posthorn.queue.QueueResource.QueueChange;
import dev.posthorn.queue.QueueResource.QueueView;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with queues. Each method is one transaction.
@ApplicationScoped
@Transactional
class QueueDesk {
  private final Queues queues;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  QueueDesk(Queues queues, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.queues = queues;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<QueueView> list(Listing listing, String q, Boolean transferable) {
    return listing.answer((after, atMost) -> views(queues.page(q, transferable, after, atMost)), queue -> Cursor.at(queue.position(), queue.id()),
        () -> queues.count(q, transferable));
  }

  QueueView show(UUID id) {
    return view(existing(id));
  }

  QueueView create(NewQueue wanted) {
    var position = Optional.ofNullable(wanted.position()).orElseGet(queues::nextPosition);
    var queue = queues.create(wanted.name(), wanted.color(), wanted.teamId(), position);
    queue.replyViaId = wanted.replyViaId();
    queue.offerTimeoutSeconds = wanted.offerTimeoutSeconds();
    queue.wrapUpRequired = Boolean.TRUE.equals(wanted.wrapUpRequired());
    queue.transferable = !Boolean.FALSE.equals(wanted.transferable());
    queues.staff(queue.id, wanted.agentIds() == null ? new HashSet<>() : new HashSet<>(wanted.agentIds()));
    return view(queue);
  }

  QueueView change(UUID id, ObjectNode patch) {
    var queue = existing(id);
    var before = view(queue);
    preconditions.check(before);
    var current = new QueueChange(before.name(), before.color(), before.teamId(), before.agentIds(), before.replyViaId(), before.position(),
        before.offerTimeoutSeconds(), before.wrapUpRequired(), before.transferable());
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    queue.name = wanted.name();
    queue.color = wanted.color();
    queue.teamId = wanted.teamId();
    queue.replyViaId = wanted.replyViaId();
    queue.position = wanted.position();
    queue.offerTimeoutSeconds = wanted.offerTimeoutSeconds();
    queue.wrapUpRequired = wanted.wrapUpRequired();
    queue.transferable = wanted.transferable();
    queue.updatedAt = clock.instant();
    queues.staff(id, new HashSet<>(wanted.agentIds()));
    return view(queue);
  }

  void remove(UUID id) {
    var queue = existing(id);
    preconditions.check(view(queue));
    Removal.of("queue", () -> {
      queues.delete(queue);
      queues.flush();
    });
  }

  private Queue existing(UUID id) {
    return queues.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("queue"));
  }

  private QueueView view(Queue queue) {
    return views(List.of(queue)).getFirst();
  }

  private List<QueueView> views(List<Queue> page) {
    var agents = queues.agents(page.stream().map(queue -> queue.id).toList());
    return page.stream().map(queue -> QueueView.of(queue, agents.getOrDefault(queue.id, List.of()))).toList();
  }
}
