package dev.posthorn.routing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a rule names by id.
final class Targets {
  private Targets() {}

  static List<Target> of(Condition condition, List<Action> actions) {
    return Stream.concat(condition.targets("/condition").stream(),
        IntStream.range(0, actions.size()).boxed().flatMap(i -> actions.get(i).targets("/actions/" + i).stream())).toList();
  }
}
