package dev.posthorn.team;

import java.util.UUID;

/// An agent's role, or whether the agent is active, has changed in the running transaction: what is remembered of it elsewhere is
/// to be forgotten when that ends.
public record AgentChanged(UUID agentId) {}
