package dev.posthorn.web;

import java.time.Duration;

/// The world's doing: something that is needed does not answer, and trying again may help. Answered as 503 with
/// `Retry-After` (RFC 9110, section 15.6.4). The detail goes to the client, the cause to the log.
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public Trouble(String detail, Duration retryAfter, Throwable cause) {
    super(detail, cause);
    this.retryAfter = retryAfter;
  }

  public static Trouble unavailable(String detail, Duration retryAfter) {
    return new Trouble(detail, retryAfter, null);
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
