package dev.posthorn.connector.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.posthorn.secret.Secret;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;

/// Reads `quarkus.mailer.*` as quarkus-mailer itself does, so that one configuration serves the platform's own mail and the
/// relay. Two things are stricter here: with a password an offered STARTTLS is demanded, and the port of an encrypted
/// connection is 465 by default (RFC 8314 section 3.3).
final class RelayAccount {

  /// Where no limit is configured (`keep-alive-timeout=0`) an unused connection is still closed some time.
  private static final Duration LONGEST_IDLE = Duration.ofHours(1);

  private RelayAccount() {
  }

  /// @throws ConfigurationException naming the property that cannot be used
  static SmtpAccount of(MailerRuntimeConfig mailer, RelayConfig relay, TlsConfigurationRegistry tls) {
    var trust = RelayTrust.of(mailer, tls);
    var security = security(mailer, trust);
    var port = mailer.port().orElse(security == Security.TLS ? 465 : 25);
    try {
      return new SmtpAccount(mailer.host(), port, security, trust, login(mailer), mailer.ownHostName(), limits(mailer, relay));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("quarkus.mailer or posthorn.relay: " + e.getMessage(), e);
    }
  }

  // Settings of quarkus-mailer that are deprecated there and work all the same work here too.
  @SuppressWarnings("deprecation")
  private static Security security(MailerRuntimeConfig mailer, Trust trust) {
    // A named TLS configuration, or trust in anybody, switches TLS on where nothing is said: so does quarkus-mailer.
    var suggested = mailer.tlsConfigurationName().isPresent() || !trust.checksName();
    if (mailer.ssl() || mailer.tls().orElse(suggested)) {
      return Security.TLS;
    }
    return switch (word(mailer.startTLS())) {
      case "DISABLED" -> Security.NONE;
      case "OPTIONAL" -> Security.STARTTLS;
      case "REQUIRED" -> Security.STARTTLS_REQUIRED;
      default -> throw new ConfigurationException("quarkus.mailer.start-tls is DISABLED, OPTIONAL or REQUIRED");
    };
  }

  private static Login login(MailerRuntimeConfig mailer) {
    return switch (word(mailer.login())) {
      case "DISABLED" -> new Login.None();
      case "NONE" -> mailer.username().isPresent() && mailer.password().isPresent()
          ? password(mailer, false) : new Login.None();
      case "REQUIRED" -> password(mailer, true);
      case "XOAUTH2" -> new Login.Token(username(mailer), secret(mailer));
      default -> throw new ConfigurationException("quarkus.mailer.login is NONE, DISABLED, REQUIRED or XOAUTH2");
    };
  }

  private static Login password(MailerRuntimeConfig mailer, boolean demanded) {
    var mechanisms = mailer.authMethods().map(methods -> List.of(methods.strip().split("[\\s,]+"))).orElse(List.of());
    return new Login.Password(username(mailer), secret(mailer), demanded, mechanisms);
  }

  private static String username(MailerRuntimeConfig mailer) {
    return mailer.username().orElseThrow(() -> new ConfigurationException("quarkus.mailer.username is not set"));
  }

  private static Secret secret(MailerRuntimeConfig mailer) {
    return mailer.password().map(Secret::of)
        .orElseThrow(() -> new ConfigurationException("quarkus.mailer.password is not set"));
  }

  private static SmtpLimits limits(MailerRuntimeConfig mailer, RelayConfig relay) {
    var mails = mailer.maxMailsPerConnection().orElse(relay.mailsPerConnection());
    return new SmtpLimits(relay.connectTimeout(), relay.answerTimeout(), relay.writeTimeout(), relay.verdictTimeout(),
        relay.wholeTimeout(), mailer.maxPoolSize(), mails <= 0 ? Integer.MAX_VALUE : Math.toIntExact(mails),
        keepIdle(mailer), relay.loginPause(), relay.answerOctets());
  }

  private static Duration keepIdle(MailerRuntimeConfig mailer) {
    if (!mailer.keepAlive()) {
      return Duration.ZERO;
    }
    return mailer.keepAliveTimeout().isZero() ? LONGEST_IDLE : mailer.keepAliveTimeout();
  }

  private static String word(String value) {
    return value.strip().toUpperCase(Locale.ROOT);
  }

  /// The addresses that may be written to, where an operator has narrowed them down.
  static Optional<ApprovedRecipients> approved(MailerRuntimeConfig mailer) {
    return mailer.approvedRecipients().filter(patterns -> !patterns.isEmpty()).map(ApprovedRecipients::new);
  }
}
