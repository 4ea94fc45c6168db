package dev.posthorn.text;

import java.util.UUID;

/// It is known what became of a text, in the running transaction.
///
/// @param state `sent`, `delivered` or `failed`
/// @param lastError why it failed; null otherwise
public record TextSettled(UUID outboundTextId, String state, String lastError) {}
