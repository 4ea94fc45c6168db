package dev.posthorn.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What callers did that a provider would not take. A test expects none.
public final class Complaints {
  private final List<String> said = new CopyOnWriteArrayList<>();

  /// Somebody did this.
  public void add(String what) {
    said.add(what);
  }

  /// Everything so far.
  public List<String> all() {
    return List.copyOf(said);
  }

  /// As if nothing had been.
  public void forget() {
    said.clear();
  }
}
