package dev.posthorn.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;

/// The key that seals secrets on a development machine: made at the first start, kept beside the development data for its
/// owner alone. Whoever sets `posthorn.secret.keys` uses that instead.
public final class DevKey {
  private static final String SETTING = "posthorn.secret.keys";
  private static final int BYTES = 32;

  private DevKey() {}

  /// Hands the key to the configuration of the application that is about to start.
  public static void useForDevelopment() {
    var config = ConfigProvider.getConfig();
    if (config.getOptionalValue(SETTING, String.class).isEmpty()) {
      System.setProperty(SETTING, "dev:" + kept(Path.of(config.getValue("posthorn.workbench.data-directory", String.class))));
    }
  }

  static String kept(Path directory) {
    try {
      var file = directory.toAbsolutePath().resolve("secret.key");
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The development key could not be kept: " + e.getMessage(), e);
    }
  }
}
