package dev.posthorn.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The script of what goes wrong in a realm. What is written first happens first; each entry for so many calls.
public final class Faults {
  private record Entry(Predicate<Call> calls, Fault fault, int left) {}

  private final List<Entry> script = new ArrayList<>();

  /// The next call ends like this.
  public void next(Fault fault) {
    next(1, _ -> true, fault);
  }

  /// The next so many calls end like this.
  public void next(int times, Fault fault) {
    next(times, _ -> true, fault);
  }

  /// The next so many of these calls end like this; others pass.
  public synchronized void next(int times, Predicate<Call> calls, Fault fault) {
    script.add(new Entry(calls, fault, times));
  }

  /// From now on all is well.
  public synchronized void none() {
    script.clear();
  }

  synchronized Optional<Fault> take(Call call) {
    for (int at = 0; at < script.size(); at++) {
      var entry = script.get(at);
      if (entry.calls.test(call)) {
        if (entry.left > 1) {
          script.set(at, new Entry(entry.calls, entry.fault, entry.left - 1));
        } else {
          script.remove(at);
        }
        return Optional.of(entry.fault);
      }
    }
    return Optional.empty();
  }
}
