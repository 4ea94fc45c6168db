package dev.posthorn.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Optional;

/// Where the package that is tested listens for mail: nobody can ask it within. Says nothing where the application runs in the JVM
/// of the tests.
public final class PackagedPosthorn implements QuarkusTestResourceLifecycleManager {
  private static final String PORT = "posthorn.test.packaged-smtp-port";

  public static Optional<Integer> smtpPort() {
    return Optional.ofNullable(Integer.getInteger(PORT));
  }

  @Override
  public Map<String, String> start() {
    if (System.getProperty("posthorn.package") == null) {
      return Map.of();
    }
    System.setProperty(PORT, String.valueOf(FreePort.find()));
    return Map.of("posthorn.smtp.port", System.getProperty(PORT), "quarkus.mailer.mock", "false");
  }

  @Override
  public void stop() {
    System.clearProperty(PORT);
  }
}
