package dev.posthorn.team;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Where forwarding addresses live.
@ConfigMapping(prefix = "posthorn.mail")
public interface TeamConfig {
  /// The domain of every forwarding address: its MX points to the SMTP listener.
  String domain();

  /// How many addresses a team may have: each is taken for ever.
  @WithDefault("100")
  int maxAddressesPerTeam();
}
