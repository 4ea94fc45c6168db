package dev.posthorn.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// The keys that seal secrets at rest.
@ConfigMapping(prefix = "posthorn.secret")
public interface SecretConfig {
  /// Keys as `<id>:<32 bytes in base64>`. The first seals, all open; what an older one sealed is sealed anew in the background.
  List<String> keys();

  /// How often to look for secrets that are still under an older key.
  @WithDefault("1h")
  Duration rotationInterval();

  /// Secrets sealed anew at once.
  @WithDefault("100")
  int rotationBatch();
}
