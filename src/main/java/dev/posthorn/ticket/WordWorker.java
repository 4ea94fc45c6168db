package dev.posthorn.ticket;

import dev.posthorn.search.SearchConfig;
import dev.posthorn.search.SearchIndex;
import dev.posthorn.search.SearchIndex.Unread;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Reads the words of what is new, behind the mail that comes in.
@ApplicationScoped
class WordWorker {
  private static final Logger LOG = Logger.getLogger(WordWorker.class);

  private final SearchIndex index;
  private final WordReader reader;
  private final SearchConfig config;
  private Loop loop;

  WordWorker(SearchIndex index, WordReader reader, SearchConfig config) {
    this.index = index;
    this.reader = reader;
    this.config = config;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    if (config.enabled()) {
      loop = Loop.start("posthorn-words", config.pollInterval(), this::round);
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

  /// One look each interval and no more: where mail comes in floods, filing it goes first, and its words are read when there is time.
  private boolean round() {
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
