package dev.posthorn.web;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Which rows of an entity a list shows, and a page of them in the order of their ids. Ids are made in the order of time, so
/// ascending is oldest first.
public final class Selection {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private Selection() {}

  public static Selection all() {
    return new Selection();
  }

  /// Only rows of which this is true.
  ///
  /// @param condition in JPQL, with one `?` for the value: `state = ?`, `teamId in ?`
  /// @param value null where the client did not ask for it: then the condition does not count
  public Selection where(String condition, Object value) {
    if (value != null) {
      values.add(value);
      conditions.add(condition.replace("?", "?" + values.size()));
    }
    return this;
  }

  /// @param after null on the first page
  public <E> List<E> oldestFirst(PanacheRepositoryBase<E, UUID> rows, Cursor after, int atMost) {
    return page(rows, "id > ?", "order by id", after, atMost);
  }

  /// @param after null on the first page
  public <E> List<E> newestFirst(PanacheRepositoryBase<E, UUID> rows, Cursor after, int atMost) {
    return page(rows, "id < ?", "order by id desc", after, atMost);
  }

  public long count(PanacheRepositoryBase<?, UUID> rows) {
    return conditions.isEmpty() ? rows.count() : rows.count(String.join(" and ", conditions), values.toArray());
  }

  private <E> List<E> page(PanacheRepositoryBase<E, UUID> rows, String behind, String order, Cursor after, int atMost) {
    var place = copy().where(behind, after == null ? null : after.id());
    return rows.find(String.join(" and ", place.conditions) + " " + order, place.values.toArray()).page(0, atMost).list();
  }

  private Selection copy() {
    var copy = new Selection();
    copy.conditions.addAll(conditions);
    copy.values.addAll(values);
    return copy;
  }
}
