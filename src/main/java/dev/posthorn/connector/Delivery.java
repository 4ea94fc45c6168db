package dev.posthorn.connector;

import java.util.Objects;

import dev.posthorn.mail.Address;

/// How a dispatch ended for one of its recipients.
public record Delivery(Address recipient, SendOutcome outcome) {

  /// Both are there.
  public Delivery {
    Objects.requireNonNull(recipient, "recipient");
    Objects.requireNonNull(outcome, "outcome");
  }
}
