package dev.posthorn;

import dev.posthorn.workbench.DevDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;

/// Starts the service. In development its database is started first: an embedded PostgreSQL whose data stay.
@QuarkusMain
public final class Posthorn {
  Posthorn() {}

  public static void main(String... args) {
    if (ConfigUtils.isProfileActive("dev")) {
      DevDatabase.startForDevelopment();
    }
    Quarkus.run(args);
  }
}
