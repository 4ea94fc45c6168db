package dev.posthorn.ticket;

import dev.posthorn.web.Caller;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The agent for whom the caller's key stands.
@ApplicationScoped
class CallingAgent {
  private final Caller caller;

  CallingAgent(Caller caller) {
    this.caller = caller;
  }

  /// @throws Refusal 422 for a key that stands for nobody
  UUID id() {
    return caller.agentId().orElseThrow(() -> Refusal.unprocessable("", "The key stands for no agent, and this is for agents."));
  }
}
