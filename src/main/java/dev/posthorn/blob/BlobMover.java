package dev.posthorn.blob;

import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Moves bytes to the bucket, and removes there what was deleted here. Trouble of the bucket costs time and nothing else: until a
/// blob is there whole, it is here. Counts `posthorn.blob.moves` by outcome.
@ApplicationScoped
class BlobMover implements Worker {
  private static final Logger LOG = Logger.getLogger(BlobMover.class);
  private static final int OLDER_AT_ONCE = 1_000;

  private final Elsewhere elsewhere;
  private final Blobs blobs;
  private final BlobMoves moves;
  private final BlobConfig.S3 config;
  private final MeterRegistry meters;
  private boolean olderAreQueued;

  BlobMover(Elsewhere elsewhere, Blobs blobs, BlobMoves moves, BlobConfig config, MeterRegistry meters) {
    this.elsewhere = elsewhere;
    this.blobs = blobs;
    this.moves = moves;
    this.config = config.s3();
    this.meters = meters;
    this.olderAreQueued = !this.config.moveOlder();
    // Counted from nothing on: of a series that begins at its first event, nobody sees that one rise.
    meters.counter("posthorn.blob.moves", "outcome", "ok");
    meters.counter("posthorn.blob.moves", "outcome", "failed");
  }

  @Override
  public List<Loop> loops() {
    var bucket = config.enabled() ? elsewhere.bucket() : Optional.<Bucket>empty();
    return bucket.map(there -> new Loop("posthorn-blobs", config.pollInterval(), () -> round(there))).stream().toList();
  }

  /// @return whether there may be more
  private boolean round(Bucket bucket) {
    if (!olderAreQueued) {
      olderAreQueued = moves.queueOlder(OLDER_AT_ONCE) < OLDER_AT_ONCE;
    }
    var due = moves.claim(config.batch(), config.lease());
    together(due, move -> Tenancy.run(move.tenant(), () -> move(bucket, move)));
    var gone = moves.claimRemovals(config.batch(), config.lease(), config.removeAfter());
    together(gone, removal -> Tenancy.run(removal.tenant(), () -> remove(bucket, removal)));
    return !olderAreQueued || due.size() == config.batch() || gone.size() == config.batch();
  }

  private static <T> void together(List<T> things, Consumer<T> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      things.forEach(thing -> threads.execute(() -> work.accept(thing)));
    }
  }

  private void move(Bucket bucket, BlobMoves.Move move) {
    // A name of its own for every try: what one try left unfinished, or a removal under way, is never another one's object.
    var object = move.tenant().value() + "/" + move.sha256().hex() + "/" + Ids.next();
    try {
      moves.intend(object, config.lease());
      var size = blobs.sizeHere(move.sha256());
      if (size.isPresent()) {
        bucket.put(object, move.sha256(), size.getAsLong(), () -> Tenancy.in(move.tenant(), () -> blobs.open(move.sha256())));
      }
      moves.moved(move.sha256(), object);
      meters.counter("posthorn.blob.moves", "outcome", "ok").increment();
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The blob %s could not be moved to the bucket (%s); it stays in the database and is tried again", move.sha256(), e.getMessage());
      meters.counter("posthorn.blob.moves", "outcome", "failed").increment();
      moves.failed(move.sha256(), config.firstPause(), config.longestPause());
    }
  }

  private void remove(Bucket bucket, BlobMoves.Removal removal) {
    try {
      bucket.delete(removal.object());
      moves.removed(removal.object());
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The object %s could not be removed from the bucket (%s); it is tried again", removal.object(), e.getMessage());
    }
  }
}
