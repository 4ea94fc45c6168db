package dev.posthorn.workbench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/// A PostgreSQL of one's own, from binaries that the build brings: for development (data stay) and for tests (data go).
/// It listens on the loopback interface alone.
public final class DevDatabase implements AutoCloseable {
  /// Where the running server is remembered over live reloads, which throw our classes away but not the JVM.
  private static final String RUNNING = "posthorn.workbench.database";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;

  private DevDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /// Starts the development database, unless this JVM, or one that died without stopping it, already runs it.
  public static void startForDevelopment() {
    var config = ConfigProvider.getConfig();
    int port = config.getValue("posthorn.workbench.database-port", Integer.class);
    if (System.getProperty(RUNNING) != null || answers(port)) {
      return;
    }
    var directory = Path.of(config.getValue("posthorn.workbench.data-directory", String.class)).toAbsolutePath();
    var database = start(directory.resolve("postgresql"), port);
    // It stops with the JVM, by the library's own shutdown hook.
    System.setProperty(RUNNING, String.valueOf(database.port()));
  }

  /// Starts a server on a free port whose data are deleted with it. Benchmarks ask for durable commits with the system
  /// property `posthorn.test.durable`; tests do without.
  public static DevDatabase startForTests() {
    return start(null, 0);
  }

  private static DevDatabase start(Path directory, int port) {
    try {
      var builder = EmbeddedPostgres.builder().setPort(port).setPGStartupWait(START_LIMIT);
      // Many replicas of many tests share the server of a test run.
      builder.setServerConfig("max_connections", "300");
      if (directory == null) {
        boolean measured = Boolean.getBoolean("posthorn.test.durable");
        builder.setServerConfig("fsync", measured ? "on" : "off");
        if (measured) {
          builder.setServerConfig("shared_preload_libraries", "pg_stat_statements");
        }
      } else {
        Files.createDirectories(directory.getParent());
        builder.setDataDirectory(directory).setCleanDataDirectory(false);
      }
      var database = new DevDatabase(builder.start());
      database.prepare();
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  /// Two roles, as in production: one owns the tables, one is bound by row-level security.
  private void prepare() {
    try (var connection = server.getPostgresDatabase().getConnection()) {
      createRole(connection, "posthorn_owner");
      createRole(connection, "posthorn_app");
    } catch (SQLException e) {
      throw new IllegalStateException("The embedded PostgreSQL refused to make its roles: " + e.getMessage(), e);
    }
    createDatabase("posthorn");
  }

  private static void createRole(Connection connection, String role) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin if not exists (select from pg_roles where rolname = '" + role + "') then create role " + role
              + " login password '" + role + "'; end if; end $$");
    }
  }

  /// Makes a database owned by `posthorn_owner`, unless it exists.
  public void createDatabase(String name) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      var found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'");
      if (!found.next()) {
        statement.execute("create database " + name + " owner posthorn_owner");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The embedded PostgreSQL refused to make a database: " + e.getMessage(), e);
    }
  }

  public int port() {
    return server.getPort();
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  private static boolean answers(int port) {
    try (var connection =
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/posthorn", "posthorn_app", "posthorn_app")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
