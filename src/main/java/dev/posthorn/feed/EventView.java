package dev.posthorn.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthorn.event.Feed.Told;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Something that happened.
///
/// @param kind dotted and past tense: `ticket.assigned`
/// @param ticketId null where it belongs to no ticket
@Schema(name = "Event")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventView(UUID id, String kind, UUID ticketId, ActorView actor, Map<String, Object> data, Instant at) {
  /// Who did it.
  ///
  /// @param kind `agent`, `contact`, `admin` or `system`
  @Schema(name = "EventActor")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ActorView(String kind, UUID id) {}

  static EventView of(Told told) {
    return new EventView(told.id(), told.kind(), told.ticketId(), new ActorView(told.actorKind(), told.actorId()), told.data(), told.at());
  }
}
