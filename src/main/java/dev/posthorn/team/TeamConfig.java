package dev.posthorn.team;

import io.smallrye.config.ConfigMapping;

/// Where forwarding addresses live.
@ConfigMapping(prefix = "posthorn.mail")
public interface TeamConfig {
  /// The domain of every forwarding address: its MX points to the SMTP listener.
  String domain();
}
