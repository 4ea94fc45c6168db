package dev.posthorn.connector.oauth;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// The push subscription of Google Pub/Sub by which new mail is announced. Where one of them is not set, no announcement is believed.
@ConfigMapping(prefix = "posthorn.gmail-api.push")
public interface GmailPushConfig {
  /// Whom its tokens are for: the audience that the subscription was given.
  Optional<String> audience();

  /// The service account as which it comes.
  Optional<String> account();
}
