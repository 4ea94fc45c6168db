package dev.posthorn.ticket;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What an agent has to say to the others. Exactly one of the two is given.
@Schema(name = "NewComment")
public record CommentRequest(String text, String html) {
  @Override
  public String toString() {
    return "CommentRequest[]";
  }
}
