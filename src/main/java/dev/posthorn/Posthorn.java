package dev.posthorn;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.ConfigProvider;

/// Starts the service. In development its database is started first: an embedded PostgreSQL whose data stay.
@QuarkusMain
public final class Posthorn {
  Posthorn() {}

  public static void main(String... args) {
    switch (LaunchMode.current()) {
      case DEVELOPMENT -> dev.posthorn.workbench.DevDatabase.startForDevelopment();
      case NORMAL, RUN -> demandSettings();
      case TEST -> {}
    }
    Quarkus.run(args);
  }

  private static void demandSettings() {
    RequiredSettings.missing(ConfigProvider.getConfig()).ifPresent(line -> {
      System.err.println(line);
      System.exit(1);
    });
  }
}
