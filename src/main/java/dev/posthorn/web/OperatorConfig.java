package dev.posthorn.web;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Settings of the platform's operator.
@ConfigMapping(prefix = "posthorn.operator")
interface OperatorConfig {
  /// The key that the operator sends as `Authorization: Bearer`; at least 32 characters. Without it nobody is operator.
  Optional<String> key();
}
