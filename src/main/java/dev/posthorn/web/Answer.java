package dev.posthorn.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A problem on its way to the client, with the headers that its kind demands.
record Answer(Problem problem, Map<String, String> headers) {
  /// RFC 6750, section 3.
  private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

  static Answer of(Refusal refusal, String path) {
    var problem = Problem.of(refusal.kind(), refusal.detail().orElse(null), path, refusal.faults());
    return new Answer(problem, refusal.kind() == ProblemKind.UNAUTHORIZED ? CHALLENGE : refusal.retryAfter().map(Answer::retryAfter).orElse(Map.of()));
  }

  static Answer of(Trouble trouble, String path) {
    return new Answer(Problem.of(ProblemKind.UNAVAILABLE, trouble.getMessage(), path, List.of()), retryAfter(trouble.retryAfter()));
  }

  static Answer of(Problem problem) {
    return new Answer(problem, Map.of());
  }

  /// Whole seconds, rounded up (RFC 9110, section 10.2.3).
  private static Map<String, String> retryAfter(Duration duration) {
    return Map.of("Retry-After", String.valueOf(Math.max(1, duration.plusMillis(999).toSeconds())));
  }
}
