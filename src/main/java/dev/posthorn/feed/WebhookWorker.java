package dev.posthorn.feed;

import dev.posthorn.feed.WebhookRounds.Call;
import dev.posthorn.feed.WebhookRounds.Due;
import dev.posthorn.feed.WebhookRounds.Ended;
import dev.posthorn.mail.CleanText;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Places;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import dev.posthorn.wire.WebLine;
import dev.posthorn.wire.WebhookSignature;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Tells webhooks: events become deliveries, deliveries are made, each outside of transactions and beside the others.
@ApplicationScoped
class WebhookWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(WebhookWorker.class);

  private final WebhookRounds rounds;
  private final WebLine line;
  private final WebhookConfig config;
  private final Clock clock;
  private final Places places;

  WebhookWorker(WebhookRounds rounds, WebLine line, WebhookConfig config, Clock clock) {
    this.rounds = rounds;
    this.line = line;
    this.config = config;
    this.clock = clock;
    this.places = new Places(config.batch());
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-webhook-events", config.pollInterval(), this::fanOut),
        new Loop("posthorn-webhook-deliveries", config.pollInterval(), this::deliver, places::end)) : List.of();
  }

  private boolean fanOut() {
    var due = rounds.dueWebhooks();
    due.forEach(one -> attempt("events of webhook", one, rounds::fanOut));
    return !due.isEmpty();
  }

  private boolean deliver() throws Exception {
    return places.fill(config.pollInterval(), rounds::dueDeliveries, one -> attempt("delivery", one, this::deliver));
  }

  private void attempt(String what, Due one, Consumer<UUID> work) {
    try {
      Tenancy.run(one.tenant(), () -> work.accept(one.id()));
    } catch (RuntimeException e) {
      // It is due again when its lease has ended.
      LOG.errorf(e, "The %s %s failed, incident %s", what, one.id(), Ids.next());
    }
  }

  private void deliver(UUID id) {
    rounds.call(id).ifPresent(call -> rounds.settle(id, made(call)));
  }

  private Ended made(Call call) {
    long timestamp = clock.instant().getEpochSecond();
    var headers = Map.of("Content-Type", "application/json", "User-Agent", "Posthorn", "webhook-id", call.id(),
        "webhook-timestamp", String.valueOf(timestamp), "webhook-signature", WebhookSignature.of(call.secret(), call.id(), timestamp, call.body()));
    try {
      var answer = line.call("POST", call.url(), headers, call.body(), config.timeout(), config.maxAnswerBytes());
      return new Ended(Optional.of(answer.status()), CleanText.lines(new String(answer.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return new Ended(Optional.empty(), CleanText.lines(String.valueOf(e.getMessage())));
    }
  }
}
