package dev.posthorn.channel;

import java.util.UUID;

/// What a way in belonged to was deleted, in the running transaction: nothing comes in by it any more.
///
/// @param by `mailbox` or `text-account`
public record ChannelLost(UUID inboundChannelId, String by) {}
