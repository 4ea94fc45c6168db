package dev.posthorn.team;

import java.util.UUID;

/// A team is about to be deleted, in the running transaction. Rooms let go of what exists for it alone; a reference that
/// they keep prevents the deletion.
public record TeamLeaving(UUID teamId) {}
