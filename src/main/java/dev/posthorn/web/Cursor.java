package dev.posthorn.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/// A place in a list: the sort key and the id of the last row seen. The next page holds the rows behind it, so it stays
/// right while rows are written (`where (key, id) > (:key, :id) order by key, id`). Lists sorted by id alone have no key.
///
/// @param key the sort key as text; empty where the list is sorted by id alone
public record Cursor(String key, UUID id) {
  public static Cursor at(UUID id) {
    return new Cursor("", id);
  }

  public static Cursor at(String key, UUID id) {
    return new Cursor(key, id);
  }

  public static Cursor at(long key, UUID id) {
    return new Cursor(Long.toString(key), id);
  }

  public static Cursor at(Instant key, UUID id) {
    return new Cursor(key.toString(), id);
  }

  /// @throws Refusal 400 if the sort key is no number: the cursor was made by hand
  public long number() {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw foreign();
    }
  }

  /// @throws Refusal 400 if the sort key is no time: the cursor was made by hand
  public Instant instant() {
    try {
      return Instant.parse(key);
    } catch (DateTimeException e) {
      throw foreign();
    }
  }

  static Refusal foreign() {
    return Refusal.badRequest("after", "This cursor does not belong to this list. Take the `next` of its last page.");
  }
}
