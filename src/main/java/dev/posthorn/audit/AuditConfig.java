package dev.posthorn.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the audit is kept.
@ConfigMapping(prefix = "posthorn.audit")
public interface AuditConfig {
  /// How often to look for records that the chain does not hold yet.
  @WithDefault("2s")
  Duration sealInterval();

  /// Records put into the chain of a tenant in one transaction.
  @WithDefault("500")
  int sealBatch();

  /// Records read at once while a chain is verified or exported.
  @WithDefault("1000")
  int readBatch();
}
