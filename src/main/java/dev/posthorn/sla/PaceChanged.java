package dev.posthorn.sla;

import java.util.Set;
import java.util.UUID;

/// In the transaction that did it: the times or hours of these priorities are others now, for their running tickets too.
public record PaceChanged(Set<UUID> priorities) {}
