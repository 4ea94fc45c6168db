package dev.posthorn.channel;

import java.util.Optional;
import java.util.UUID;

/// Which outbound channel answers: chosen in the reply > mapping of the inbound channel > queue > team > tenant default >
/// platform relay (product rule). Pure; the answer says which level won.
public final class ChannelMap {
  private ChannelMap() {}

  /// What each level says, if it says anything.
  public record Wishes(
      Optional<UUID> reply, Optional<UUID> inboundChannel, Optional<UUID> queue, Optional<UUID> team, Optional<UUID> tenant, UUID relay) {}

  /// @param chosenBy `reply`, `inbound-channel`, `queue`, `team`, `tenant` or `relay`
  public record Choice(UUID channelId, String chosenBy) {}

  public static Choice choose(Wishes wishes) {
    return level(wishes.reply, "reply")
        .or(() -> level(wishes.inboundChannel, "inbound-channel"))
        .or(() -> level(wishes.queue, "queue"))
        .or(() -> level(wishes.team, "team"))
        .or(() -> level(wishes.tenant, "tenant"))
        .orElseGet(() -> new Choice(wishes.relay, "relay"));
  }

  private static Optional<Choice> level(Optional<UUID> wish, String name) {
    return wish.map(id -> new Choice(id, name));
  }
}
