package dev.posthorn.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The signatures of tenants' own domains.
@ConfigMapping(prefix = "posthorn.sending-domain")
public interface SendingDomainConfig {
  /// How often the record of a verified domain is looked at.
  @WithDefault("24h")
  Duration interval();

  /// How often to look for those that are due.
  @WithDefault("5m")
  Duration pollInterval();

  /// Domains looked at in one round.
  @WithDefault("20")
  int batch();

  /// Up to this size a mail stays in memory while it is signed; above, it is spooled to a temporary file. Bytes.
  @WithDefault("1048576")
  int memoryBytes();
}
