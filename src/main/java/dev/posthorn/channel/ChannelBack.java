package dev.posthorn.channel;

import java.util.UUID;

/// What a way in belonged to was connected anew, in the running transaction.
public record ChannelBack(UUID inboundChannelId) {}
