package dev.posthorn.connector;

import java.util.Objects;

/// How one step of a try ended.
///
/// @param words what the server said, or what became of the line: one line of bounded length, never with a secret in it
public record Finding(Step step, boolean ok, String words) {
  /// Bounds the words.
  public Finding {
    Objects.requireNonNull(step, "step");
    words = ServerWords.line(words);
  }
}
