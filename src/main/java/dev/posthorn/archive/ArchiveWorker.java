package dev.posthorn.archive;

import dev.posthorn.privacy.Statements.Due;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jboss.logging.Logger;

/// Makes exports, does imports, and lets exports go that have expired. Replicas share the work by leases.
@ApplicationScoped
class ArchiveWorker {
  private static final Logger LOG = Logger.getLogger(ArchiveWorker.class);
  private static final int EXPIRED_AT_ONCE = 50;

  private final Archives archives;
  private final ExportWriting exports;
  private final Importing imports;
  private final ArchiveConfig config;
  private Loop loop;

  ArchiveWorker(Archives archives, ExportWriting exports, Importing imports, ArchiveConfig config) {
    this.archives = archives;
    this.exports = exports;
    this.imports = imports;
    this.config = config;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-archives", config.pollInterval(), this::round);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    stop();
  }

  /// A start that failed has no [ShutdownEvent].
  @PreDestroy
  void stop() {
    if (loop != null) {
      loop.close();
    }
  }

  /// Something was asked for.
  void wake() {
    if (loop != null) {
      loop.wake();
    }
  }

  private boolean round() {
    archives.expired(EXPIRED_AT_ONCE).forEach(due -> Tenancy.run(due.tenant(), () -> archives.ended(due.id(), Archive.EXPIRED, null)));
    var claimed = archives.claim(1);
    claimed.forEach(due -> Tenancy.run(due.tenant(), () -> run(due)));
    return !claimed.isEmpty();
  }

  private void run(Due due) {
    var archive = archives.any(due.id()).orElseThrow();
    if (archive.attempts() > config.maxAttempts()) {
      // The process died of it each time, or was too long about it: nobody was left to write that down.
      archives.ended(due.id(), Archive.FAILED, "It broke off again and again.");
      return;
    }
    try {
      if (archive.isExport()) {
        exports.run(archive);
      } else {
        imports.run(archive);
      }
    } catch (IOException | RuntimeException e) {
      boolean last = archive.attempts() >= config.maxAttempts();
      LOG.errorf(e, "The %s %s of the tenant %s broke off%s", archive.kind(), due.id(), due.tenant(), last ? "" : "; it is tried again when its lease ends");
      if (last) {
        archives.ended(due.id(), Archive.FAILED, "It broke off (" + e.getClass().getSimpleName() + ").");
      }
    }
  }
}
