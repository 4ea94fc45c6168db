package dev.posthorn.wire;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/// Where lines to hosts that tenants named may lead.
@ConfigMapping(prefix = "posthorn.wire")
public interface WireConfig {
  /// Networks that may be reached although they are not of the public internet, as `10.1.0.0/16` or single addresses: for
  /// installations whose tenants have their mail servers inside, and for development.
  Optional<List<String>> allowedNetworks();
}
