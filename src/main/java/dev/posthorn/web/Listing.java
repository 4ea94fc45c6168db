package dev.posthorn.web;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// One list as it was asked for: turns rows into a [Page]. Made by [PageRequest#of].
public final class Listing {
  private final CursorSeal seal;
  private final int limit;
  private final Cursor after;
  private final boolean count;

  Listing(CursorSeal seal, int limit, String after, boolean count) {
    this.seal = seal;
    this.limit = limit;
    this.after = after == null ? null : seal.read(after);
    this.count = count;
  }

  /// Reads rows in the list's order.
  @FunctionalInterface
  public interface Rows<R> {
    /// @param after the last row of the page before; null on the first page
    /// @param atMost how many rows to read
    List<R> read(Cursor after, int atMost);
  }

  /// The page, its rows as they are.
  public <R> Page<R> answer(Rows<R> rows, Function<? super R, Cursor> place, LongSupplier total) {
    return answer(rows, place, Function.identity(), total);
  }

  /// The page.
  ///
  /// @param rows asked once, for one row more than the page shows: it tells whether there is a next page
  /// @param place where a row stands in the list's order
  /// @param view what HTTP shows of a row
  /// @param total asked only where the client wants to know
  public <R, V> Page<V> answer(Rows<R> rows, Function<? super R, Cursor> place, Function<? super R, V> view, LongSupplier total) {
    var found = rows.read(after, limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    var next = found.size() > limit ? seal.write(place.apply(shown.getLast())) : null;
    return new Page<>(shown.stream().<V>map(view).toList(), next, count ? total.getAsLong() : null);
  }

  public int limit() {
    return limit;
  }
}
