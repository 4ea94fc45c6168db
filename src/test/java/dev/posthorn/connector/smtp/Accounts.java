package dev.posthorn.connector.smtp;

import java.time.Duration;
import java.util.Optional;

import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;

/// Accounts for servers on this machine.
final class Accounts {

  /// Long enough for a busy machine.
  static final Duration LONG = Duration.ofSeconds(30);

  static final SmtpLimits LIMITS = new SmtpLimits(LONG, LONG, LONG, LONG, LONG.multipliedBy(4), 4, 100, LONG, LONG, 200_000);

  private Accounts() {
  }

  /// Other times, in milliseconds.
  static SmtpLimits patient(int answer, int verdict, int whole) {
    return new SmtpLimits(LONG, Duration.ofMillis(answer), LONG, Duration.ofMillis(verdict), Duration.ofMillis(whole),
        4, 100, LONG, LONG, 200_000);
  }

  static SmtpAccount plain(int port) {
    return new SmtpAccount("127.0.0.1", port, Security.NONE, Trust.usual(), new Login.None(),
        Optional.of("posthorn.test"), LIMITS);
  }

  static SmtpAccount with(int port, Security security, Trust trust) {
    return new SmtpAccount("127.0.0.1", port, security, trust, new Login.None(), Optional.of("posthorn.test"), LIMITS);
  }

  static SmtpAccount with(int port, Security security, Login login) {
    return new SmtpAccount("127.0.0.1", port, security, Trust.usual(), login, Optional.of("posthorn.test"), LIMITS);
  }
}
