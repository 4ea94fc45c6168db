package dev.posthorn.web;

import java.time.Instant;

/// What whoever calls may hand on by a key: no more than the own one is good for, and not for longer. Pure.
///
/// @param scopes those of the caller
/// @param until when the caller's key ends; null for never, and for people who signed in
record KeyReach(Scopes scopes, Instant until) {
  static final KeyReach EVERYTHING = new KeyReach(Scopes.ALL, null);

  /// @param wanted what the other key is good for
  /// @param end when it ends; null for never
  /// @throws Refusal 403 that names the field that reaches too far
  void demand(Scopes wanted, Instant end) {
    if (!scopes.include(wanted)) {
      throw Refusal.at("/scopes", ProblemKind.FORBIDDEN, "A key gives no more than it has: " + scopes + ".");
    }
    if (until != null && (end == null || end.isAfter(until))) {
      throw Refusal.at("/expiresAt", ProblemKind.FORBIDDEN, "A key gives nothing for longer than it is good itself: until " + until + ".");
    }
  }
}
