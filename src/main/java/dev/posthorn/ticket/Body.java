package dev.posthorn.ticket;

import dev.posthorn.web.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What somebody wants to say: written, or by a template.
///
/// @param attachmentIds uploads that go along; null for none
record Body(String html, String text, UUID templateId, List<UUID> attachmentIds) {
  List<UUID> files() {
    return Optional.ofNullable(attachmentIds).orElse(List.of());
  }

  /// @param maxLength in characters
  /// @param mayBeEmpty whether something else says enough
  /// @throws Refusal 400 where not exactly one of the three is given, or what is written is empty or too long
  void check(int maxLength, boolean mayBeEmpty) {
    if (templateId != null) {
      if (html != null || text != null) {
        throw Refusal.badRequest("/templateId", "Either a template or html or text.");
      }
      return;
    }
    if (mayBeEmpty && html == null && text == null) {
      return;
    }
    new Written(text, html).check(maxLength, mayBeEmpty || !files().isEmpty());
  }

  @Override
  public String toString() {
    return "Body[]";
  }
}
