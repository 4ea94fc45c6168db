package dev.posthorn.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthorn.event.Event;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One thing that happened to a ticket. The field that its kind names is there, the others are not.
///
/// @param kind `message`, `comment` or `event`
@Schema(name = "TimelineItem")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineItem(String kind, UUID id, Instant at, MessageView message, CommentView comment, EventView event) {
  static final String MESSAGE = "message";
  static final String COMMENT = "comment";
  static final String EVENT = "event";

  /// Something that somebody did, or that happened by itself.
  ///
  /// @param kind dotted and past tense: `ticket.assigned`
  @Schema(name = "TimelineEvent")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record EventView(String kind, ActorView actor, Map<String, Object> data) {}

  /// @param kind `agent`, `contact`, `admin` or `system`
  /// @param id of the agent or contact
  @Schema(name = "Actor")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ActorView(String kind, UUID id) {}

  static TimelineItem of(MessageView message) {
    return new TimelineItem(MESSAGE, message.id(), message.createdAt(), message, null, null);
  }

  static TimelineItem of(Comment row) {
    return new TimelineItem(COMMENT, row.id, row.createdAt, null, CommentView.of(row), null);
  }

  static TimelineItem of(Event row) {
    var event = new EventView(row.kind, new ActorView(row.actorKind, row.actorId), row.data);
    return new TimelineItem(EVENT, row.id, row.at, null, null, event);
  }
}
