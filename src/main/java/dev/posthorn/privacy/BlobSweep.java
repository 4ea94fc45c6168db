package dev.posthorn.privacy;

import dev.posthorn.blob.BlobConfig;
import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/// Takes away bytes of the current tenant that no row names. Bytes are named in the transaction that brings them; those that were
/// brought just now are left alone, so that none is taken away before it is named.
@ApplicationScoped
class BlobSweep {
  private static final Logger LOG = Logger.getLogger(BlobSweep.class);

  /// Every table that names bytes stands here: `BlobSweepTest` looks for others.
  private static final String UNNAMED = """
      select b.sha256 from blob b
      where b.tenant_id = ? and b.piece = 0 and b.created_at < ? and b.sha256 > ?
        and b.sha256 not in (
          select sha256 from inbound_mail where tenant_id = b.tenant_id and raw_gone_at is null
          union all select sha256 from outbound_mail where tenant_id = b.tenant_id and raw_gone_at is null
          union all select sha256 from message where tenant_id = b.tenant_id and raw_gone_at is null and inbound_mail_id is null and outbound_mail_id is null
          union all select a.sha256 from attachment a where a.tenant_id = b.tenant_id
          union all select sha256 from upload where tenant_id = b.tenant_id
          union all select sha256 from archive where tenant_id = b.tenant_id and sha256 is not null)
      order by b.sha256 limit ?""";

  private final Statements statements;
  private final Blobs blobs;
  private final BlobConfig config;
  private final Clock clock;

  BlobSweep(Statements statements, Blobs blobs, BlobConfig config, Clock clock) {
    this.statements = statements;
    this.blobs = blobs;
    this.config = config;
    this.clock = clock;
  }

  /// Goes through all that the current tenant has.
  ///
  /// @return how many blobs were taken away
  int run() {
    var before = clock.instant().minus(config.garbageAge());
    int removed = 0;
    byte[] last = new byte[0];
    for (List<Sha256> found = unnamed(before, last); !found.isEmpty(); found = unnamed(before, last)) {
      var batch = found;
      removed += QuarkusTransaction.requiringNew().call(() -> blobs.remove(batch, before));
      last = found.getLast().bytes();
    }
    if (removed > 0) {
      LOG.infof("%d blobs that nothing named were taken away", removed);
    }
    return removed;
  }

  private List<Sha256> unnamed(Instant before, byte[] after) {
    return QuarkusTransaction.requiringNew().call(() -> statements.read(UNNAMED, row -> Sha256.of(row.getBytes(1)), before, after, config.sweepBatch()));
  }
}
