package dev.posthorn.outbox;

import java.util.UUID;

/// A try has ended and is written down, in the running transaction: the mail is now in this state.
public record Settled(UUID outboundMailId, OutboundState state, String lastError) {}
