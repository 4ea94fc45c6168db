package dev.posthorn.web;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.util.Optional;

/// The one key that is configured, not issued.
@ApplicationScoped
class OperatorKey {
  /// 32 characters of hexadecimal digits are 128 bits, enough against guessing (RFC 6819, section 5.1.4.2.2).
  private static final int MIN_LENGTH = 32;

  private final Optional<String> key;

  OperatorKey(OperatorConfig config) {
    this.key = config.key();
  }

  void check(@Observes StartupEvent start) {
    if (key.isPresent() && key.get().length() < MIN_LENGTH) {
      throw new ConfigurationException("posthorn.operator.key must have at least " + MIN_LENGTH + " characters.");
    }
  }

  /// Compares hashes, in constant time: neither content nor length of the key shows in how long it takes.
  boolean is(String token) {
    return key.isPresent() && MessageDigest.isEqual(Hash.sha256(key.get()), Hash.sha256(token));
  }
}
