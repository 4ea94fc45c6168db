package dev.posthorn.channel;

import java.time.Instant;
import java.util.UUID;

/// A way in as HTTP shows it.
///
/// @param queueId where its mail goes; null for the team's default queue
/// @param ticketTypeId of which type its tickets are (OD-14); null for none
/// @param replyViaId what answers it (OD-21); null where that is decided elsewhere
record InboundChannelView(
    UUID id,
    String kind,
    String name,
    String color,
    String address,
    UUID teamId,
    UUID queueId,
    UUID ticketTypeId,
    UUID replyViaId,
    Instant createdAt,
    Instant updatedAt) {
  static InboundChannelView of(InboundChannel channel) {
    return new InboundChannelView(channel.id, channel.kind, channel.name, channel.color, channel.address, channel.teamId,
        channel.queueId, channel.ticketTypeId, channel.replyViaId, channel.createdAt, channel.updatedAt);
  }
}
