package dev.posthorn.contact;

import java.util.UUID;

/// Two contacts turn out to be one, in the running transaction: whatever belongs to the first belongs to the other from now on,
/// and the first is deleted next.
public record ContactJoined(UUID from, UUID into) {}
