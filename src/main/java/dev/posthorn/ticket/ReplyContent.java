package dev.posthorn.ticket;

import java.util.Optional;

/// What a mail says: its text, its HTML with content ids in place, and its files.
record ReplyContent(String text, Optional<String> html, ReplyFiles.Attached files) {
  @Override
  public String toString() {
    return "ReplyContent[]";
  }
}
