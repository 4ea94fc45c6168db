package dev.posthorn.support;

import dev.posthorn.workbench.DevDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// The PostgreSQL of the test run: one server for the JVM, stopped with it.
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
  private static final String KEY = "posthorn.test.database";

  /// The test classes are loaded more than once in a JVM (by Quarkus and by JUnit): the port is shared as a property.
  public static synchronized int port() {
    synchronized (System.getProperties()) {
      var known = System.getProperty(KEY);
      if (known == null) {
        known = String.valueOf(DevDatabase.startForTests().port());
        System.setProperty(KEY, known);
      }
      return Integer.parseInt(known);
    }
  }

  public static Map<String, String> config(String database) {
    return Map.of(
        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port() + "/" + database,
        "quarkus.datasource.username", "posthorn_app",
        "quarkus.datasource.password", "posthorn_app",
        "quarkus.flyway.username", "posthorn_owner",
        "quarkus.flyway.password", "posthorn_owner");
  }

  @Override
  public Map<String, String> start() {
    return config("posthorn");
  }

  @Override
  public void stop() {
    // Ends with the JVM: the next application of this run uses it again.
  }
}
