package dev.posthorn.docs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes `docs/configuration.md` from the `@ConfigMapping` interfaces, `application.properties`, and the few keys of
/// Quarkus that concern an operator.
final class ConfigurationPage {
  static final Path PAGE = Path.of("docs/configuration.md");
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  /// A key of Quarkus, with its default where we do not set one.
  private record Foreign(String name, String preset, String meaning) {}

  private static final List<Foreign> REQUIRED = List.of(
      new Foreign("quarkus.datasource.jdbc.url", "", "The database: `jdbc:postgresql://host:port/name`."),
      new Foreign("quarkus.datasource.username", "", "The role of the application, bound by row-level security: `posthorn_app`."),
      new Foreign("quarkus.datasource.password", "", "Its password."),
      new Foreign("quarkus.flyway.username", "", "The role that owns the tables and runs migrations: `posthorn_owner`."),
      new Foreign("quarkus.flyway.password", "", "Its password."),
      new Foreign("quarkus.mailer.host", "", "The platform's relay: the mail server that replies leave by."));

  private static final List<Foreign> USUAL = List.of(
      new Foreign("quarkus.mailer.port", "465 with TLS, else 25", "The relay's port."),
      new Foreign("quarkus.mailer.username", "none", "The login at the relay; with a password, TLS is demanded."),
      new Foreign("quarkus.mailer.password", "none", "Its password."),
      new Foreign("quarkus.mailer.tls", "false", "TLS from the first octet (port 465)."),
      new Foreign("quarkus.mailer.start-tls", "OPTIONAL", "`DISABLED`, `OPTIONAL` or `REQUIRED`."),
      new Foreign("quarkus.mailer.login", "NONE", "`NONE` logs in where user and password are set, `DISABLED` never, `REQUIRED` or not at all, `XOAUTH2` by token."),
      new Foreign("quarkus.mailer.own-host-name", "the machine's name", "The name that is said in EHLO."),
      new Foreign("quarkus.mailer.max-pool-size", "10", "Connections to the relay at once, per process."),
      new Foreign("quarkus.mailer.approved-recipients", "everybody", "Patterns; whoever matches none is refused. For test installations."),
      new Foreign("quarkus.http.host", "0.0.0.0", "The local address that HTTP listens on."),
      new Foreign("quarkus.http.port", "8080", "Its port."),
      new Foreign("quarkus.http.limits.max-body-size", "10M", "Above every limit of ours, so that the answer is ours."),
      new Foreign("quarkus.http.proxy.proxy-address-forwarding", "false", "Take the client's address from the balancer's headers; only behind one that sets them itself."),
      new Foreign("quarkus.datasource.jdbc.max-size", "50", "Connections to the database, per process: the limit of what is done at once."),
      new Foreign("quarkus.datasource.jdbc.acquisition-timeout", "5s", "How long to wait for a free one; then 451 or 503."),
      new Foreign("quarkus.flyway.migrate-at-start", "false", "Bring the tables up to date before anything is served."),
      new Foreign("quarkus.flyway.placeholders.appRole", "", "The name of the application's role, where it is another one."),
      new Foreign("quarkus.shutdown.timeout", "none", "How long requests under way may go on when the application stops."),
      new Foreign("quarkus.log.level", "INFO", "What is logged."),
      new Foreign("quarkus.log.console.json.enabled", "true", "JSON, one object a line; off, plain lines."));

  private ConfigurationPage() {}

  static String text() {
    var set = properties();
    return """
        # Configuration

        Written from the sources by `ConfigurationPageTest`; change the comments there, not this page.

        A key may be set, the first that is found winning: as a system property (`-Dposthorn.smtp.port=25`), as an
        environment variable (`POSTHORN_SMTP_PORT=25`: upper case, and `_` for everything that is no letter or digit), or in
        `config/application.properties` below the working directory. A duration is `500ms`, `30s`, `5m`, `24h`; a list is
        separated by commas. What each limit guards, and what happens beyond it, stands in [limits.md](limits.md).

        ## What must be set

        | key | type | meaning |
        |---|---|---|
        %s
        ## Posthorn

        %s
        ## Quarkus

        Every key of Quarkus may be set; these concern an operator. The default is the one that Posthorn has.

        | key | default | meaning |
        |---|---|---|
        %s
        ## Development only

        Read by `./mvnw quarkus:dev` alone.

        | key | default | meaning |
        |---|---|---|
        | `posthorn.workbench.data-directory` | `%s` | Where the embedded database and the sample key are kept. |
        | `posthorn.workbench.database-port` | `%s` | The port of the embedded database. |
        | `posthorn.workbench.sink-port` | `%s` | The port of the relay that keeps what it is given. |
        """.formatted(required(), groups(), usual(set), set.getProperty("posthorn.workbench.data-directory"),
            set.getProperty("posthorn.workbench.database-port"), set.getProperty("posthorn.workbench.sink-port"));
  }

  private static String required() {
    var ours = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream())
        .filter(key -> key.preset().isEmpty() && !key.optional())
        .map(key -> "| `%s` | %s | %s |\n".formatted(key.name(), key.type(), key.meaning()));
    var theirs = REQUIRED.stream().map(key -> "| `%s` | text | %s |\n".formatted(key.name, key.meaning));
    return Stream.concat(ours, theirs).collect(Collectors.joining());
  }

  private static String groups() {
    return ConfigurationSource.read().stream().map(ConfigurationPage::group).collect(Collectors.joining("\n"));
  }

  private static String group(ConfigurationSource.Group group) {
    return """
        ### `%s.*`

        %s (room `%s`)

        | key | type | default | meaning |
        |---|---|---|---|
        %s""".formatted(group.prefix(), group.meaning(), group.room(), group.keys().stream().map(ConfigurationPage::row).collect(Collectors.joining()));
  }

  private static String row(ConfigurationSource.Key key) {
    var preset = key.preset().map(value -> "`" + value + "`").orElse(key.optional() ? "none" : "**must be set**");
    return "| `%s` | %s | %s | %s |\n".formatted(key.name(), key.type(), preset, key.meaning());
  }

  private static String usual(Properties set) {
    return USUAL.stream()
        .map(key -> "| `%s` | %s | %s |\n".formatted(key.name, set.getProperty(key.name, key.preset), key.meaning))
        .collect(Collectors.joining());
  }

  /// What the service comes with, whatever the profile.
  static Properties properties() {
    try (Reader file = Files.newBufferedReader(PROPERTIES)) {
      var properties = new Properties();
      properties.load(file);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
