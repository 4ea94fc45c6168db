package dev.posthorn.audit;

import dev.posthorn.tenant.Ids;
import jakarta.enterprise.context.RequestScoped;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the running HTTP request is about to do, and in which chains that is written down already. Empty in workers.
@RequestScoped
class DeedOfRequest {
  private String action;
  private String resource;
  private String remoteAddress;
  private UUID requestId;
  private final Set<UUID> written = new HashSet<>();

  void begins(String action, String resource, String remoteAddress) {
    this.action = action;
    this.resource = resource;
    this.remoteAddress = remoteAddress;
    this.requestId = Ids.next();
  }

  Optional<String> action() {
    return Optional.ofNullable(action);
  }

  String resource() {
    return resource;
  }

  String remoteAddress() {
    return remoteAddress;
  }

  UUID requestId() {
    return requestId;
  }

  boolean isWritten(UUID chain) {
    return written.contains(chain);
  }

  void writtenIn(UUID chain) {
    written.add(chain);
  }
}
