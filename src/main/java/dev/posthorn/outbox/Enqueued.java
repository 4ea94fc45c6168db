package dev.posthorn.outbox;

/// A mail has just become due: the sending worker may look, once the transaction is committed.
public record Enqueued() {}
