package dev.posthorn;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the service. In development its database is started first: an embedded PostgreSQL whose data stay.
@QuarkusMain
public final class Posthorn {
  Posthorn() {}

  public static void main(String... args) {
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      dev.posthorn.workbench.DevDatabase.startForDevelopment();
    }
    Quarkus.run(args);
  }
}
