package dev.posthorn;

import dev.posthorn.workbench.DevDatabase;
import dev.posthorn.workbench.DevKey;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;

/// Starts the service. In development its database is started first: an embedded PostgreSQL whose data stay;
/// and the key for secrets is made.
@QuarkusMain
public final class Posthorn {
  Posthorn() {}

  public static void main(String... args) {
    // Neither profile nor launch mode is known this early: the build tells the JVM of the development start.
    if (Boolean.getBoolean("posthorn.workbench.start")) {
      DevKey.useForDevelopment();
      DevDatabase.startForDevelopment();
    } else {
      demandSettings();
    }
    Quarkus.run(args);
  }

  private static void demandSettings() {
    // Read anew: in a native image, the configuration that is known this early is the one of the image's build.
    RequiredSettings.missing(ConfigUtils.configBuilder().build()).ifPresent(line -> {
      System.err.println(line);
      System.exit(1);
    });
  }
}
