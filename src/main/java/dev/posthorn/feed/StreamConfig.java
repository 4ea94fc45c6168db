package dev.posthorn.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Events as a stream.
@ConfigMapping(prefix = "posthorn.stream")
public interface StreamConfig {
  /// How often to look for events of tenants that somebody listens to: about how late an event is told.
  @WithDefault("500ms")
  Duration pollInterval();

  /// A sign of life after so long without an event.
  @WithDefault("15s")
  Duration keepAlive();

  /// How long one stream lasts; the client comes again with `Last-Event-ID`, and its key is looked at anew.
  @WithDefault("15m")
  Duration maxDuration();

  /// Streams of one tenant on one node.
  @WithDefault("500")
  int maxStreams();

  /// How long a client may take to read an event.
  @WithDefault("30s")
  Duration sendTimeout();
}
