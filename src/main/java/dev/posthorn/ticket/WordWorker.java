package dev.posthorn.ticket;

import dev.posthorn.intake.InboundMails;
import dev.posthorn.search.SearchConfig;
import dev.posthorn.search.SearchIndex;
import dev.posthorn.search.SearchIndex.Unread;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Reads the words of what is new, behind the mail that comes in.
@ApplicationScoped
class WordWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(WordWorker.class);

  private final SearchIndex index;
  private final WordReader reader;
  private final InboundMails inboundMails;
  private final SearchConfig config;
  private final Clock clock;
  private Instant lastLook = Instant.EPOCH;

  WordWorker(SearchIndex index, WordReader reader, InboundMails inboundMails, SearchConfig config, Clock clock) {
    this.index = index;
    this.reader = reader;
    this.inboundMails = inboundMails;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-words", config.pollInterval(), this::round)) : List.of();
  }

  /// One look each interval and no more; and while mail waits to be filed, one only now and then: filing goes first.
  private boolean round() {
    var now = clock.instant();
    if (now.isBefore(lastLook.plus(config.yieldsFor())) && inboundMails.backlog().waiting() > config.batch()) {
      return false;
    }
    lastLook = now;
    var unread = index.unread();
    unread.stream()
        .collect(Collectors.groupingBy(Unread::tenant, LinkedHashMap::new, Collectors.mapping(Unread::id, Collectors.toList())))
        .forEach((tenant, ids) -> Tenancy.run(tenant, () -> ofTenant(ids)));
    return false;
  }

  private void ofTenant(List<UUID> ids) {
    try {
      reader.read(ids);
    } catch (RuntimeException e) {
      ids.forEach(this::alone);
    }
  }

  private void alone(UUID id) {
    try {
      reader.read(List.of(id));
    } catch (RuntimeException e) {
      LOG.errorf(e, "The words of message %s could not be read, incident %s: it is not found by them", id, Ids.next());
      reader.giveUp(id);
    }
  }
}
