package dev.posthorn.text;

/// How it ended to give a text to a gateway.
sealed interface GatewayAnswer {
  /// The gateway has it.
  record Taken() implements GatewayAnswer {}

  /// It will never take it.
  record Refused(String why) implements GatewayAnswer {}

  /// Not now.
  ///
  /// @param doubtful nobody knows whether it has it
  record Later(String why, boolean doubtful) implements GatewayAnswer {}
}
