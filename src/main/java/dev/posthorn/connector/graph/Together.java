package dev.posthorn.connector.graph;

import dev.posthorn.connector.ApiTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does some things side by side; how many requests that makes at once, the mailbox's gate decides.
final class Together {
  private Together() {}

  /// Work on one thing.
  interface Work<T, R> {
    R on(T thing) throws ApiTrouble;
  }

  /// How it ended for one thing: with a result, or in trouble.
  ///
  /// @param result null where there was trouble
  /// @param trouble null where there was none
  record End<T, R>(T thing, R result, ApiTrouble trouble) {}

  /// @return one end for each, in their order
  static <T, R> List<End<T, R>> each(List<T> things, Work<T, R> work) {
    if (things.size() == 1) {
      return List.of(end(things.getFirst(), work));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<End<T, R>>>();
      things.forEach(thing -> running.add(threads.submit((Callable<End<T, R>>) () -> end(thing, work))));
      var ends = new ArrayList<End<T, R>>();
      for (var one : running) {
        ends.add(one.get());
      }
      return ends;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking Graph", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Asking Graph failed", e.getCause());
    }
  }

  private static <T, R> End<T, R> end(T thing, Work<T, R> work) {
    try {
      return new End<>(thing, work.on(thing), null);
    } catch (ApiTrouble e) {
      return new End<>(thing, null, e);
    }
  }
}
