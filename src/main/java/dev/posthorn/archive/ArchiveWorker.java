package dev.posthorn.archive;

import dev.posthorn.privacy.Statements.Due;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/// Makes exports, does imports, and lets exports go that have expired. Replicas share the work by leases.
@ApplicationScoped
class ArchiveWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(ArchiveWorker.class);
  private static final int EXPIRED_AT_ONCE = 50;

  private final Archives archives;
  private final ExportWriting exports;
  private final Importing imports;
  private final ArchiveConfig config;
  private final Loop loop;

  ArchiveWorker(Archives archives, ExportWriting exports, Importing imports, ArchiveConfig config) {
    this.archives = archives;
    this.exports = exports;
    this.imports = imports;
    this.config = config;
    this.loop = new Loop("posthorn-archives", config.pollInterval(), this::round);
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(loop) : List.of();
  }

  /// Something was asked for.
  void wake() {
    loop.wake();
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
