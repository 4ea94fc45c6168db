package dev.posthorn.team;

import java.util.UUID;

/// A team's EmailHub has just been switched on, in the running transaction; what was held for it is due now.
public record EmailHubSwitchedOn(UUID teamId) {}
