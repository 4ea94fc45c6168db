package dev.posthorn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/// What an operator must set, looked at before anything starts: whoever forgot something reads one line that names all of
/// it, instead of the trace of the first part that missed its own.
final class RequiredSettings {
  private record Setting(String name, String what) {
    boolean isMissing(Config config) {
      var found = config.getConfigValue(name);
      // A default comes with the lowest ordinal that there is: quarkus-mailer falls back to localhost, where in production
      // nobody listens.
      return found.getValue() == null || found.getValue().isBlank() || found.getSourceOrdinal() == Integer.MIN_VALUE;
    }

    /// With the name that it has in the environment (MicroProfile Config, "Environment Variables Mapping Rules").
    String hint() {
      return name + " (" + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + "), " + what;
    }
  }

  private static final List<Setting> ALL = List.of(
      new Setting("posthorn.mail.domain", "the domain of the forwarding addresses"),
      new Setting("posthorn.ticket.reply-keys", "<id>:<secret of at least 32 characters> to sign reply addresses"),
      new Setting("posthorn.secret.keys", "<id>:<32 bytes in base64> to seal passwords and tokens: openssl rand -base64 32"),
      new Setting("quarkus.datasource.jdbc.url", "the PostgreSQL database, jdbc:postgresql://host:port/name"),
      new Setting("quarkus.mailer.host", "the mail server to send by"));

  private RequiredSettings() {}

  /// What to set, in one line; empty when nothing is missing.
  static Optional<String> missing(Config config) {
    var missing = ALL.stream().filter(setting -> setting.isMissing(config)).map(Setting::hint).collect(Collectors.joining("; "));
    return missing.isEmpty() ? Optional.empty() : Optional.of("Posthorn cannot start. Set " + missing + ".");
  }
}
