package dev.posthorn.ticket;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A comment as the API shows it.
///
/// @param agentId who wrote it; null for the tenant's administration
/// @param html sanitised; null where it was written as text
@Schema(name = "Comment")
public record CommentView(UUID id, UUID ticketId, UUID agentId, String text, String html, Instant createdAt) {
  static CommentView of(Comment row) {
    return new CommentView(row.id, row.ticketId, row.agentId, row.text, row.html, row.createdAt);
  }

  /// Says nothing of what was written.
  @Override
  public String toString() {
    return "CommentView[" + id + "]";
  }
}
