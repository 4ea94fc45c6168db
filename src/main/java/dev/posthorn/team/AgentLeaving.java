package dev.posthorn.team;

import java.util.UUID;

/// An agent is about to be deleted, in the running transaction. Whoever still needs the agent throws a
/// [dev.posthorn.web.Refusal].
public record AgentLeaving(UUID agentId) {}
