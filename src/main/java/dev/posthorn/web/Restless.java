package dev.posthorn.web;

/// A view that shows, beside what somebody edits, what changes by itself all the time: when something was last done, and how it
/// went. Its ETag is that of the settled part, so that an edit is not refused because the world went on (`If-Match`); a GET is
/// always answered whole.
public interface Restless {
  /// The part that only edits change.
  Object settled();
}
