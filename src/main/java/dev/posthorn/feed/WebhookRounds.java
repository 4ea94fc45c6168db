package dev.posthorn.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Feed;
import dev.posthorn.event.Journal;
import dev.posthorn.outbox.Backoff;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The transactions of telling by webhook: which deliveries an event makes, what one says, how it ended.
@ApplicationScoped
class WebhookRounds {
  private static final int EVENTS = 200;
  private static final int GONE = 410;

  private final Webhooks webhooks;
  private final WebhookDeliveries deliveries;
  private final Feed feed;
  private final Secrets secrets;
  private final Journal journal;
  private final WebhookConfig config;
  private final Backoff backoff;
  private final Across across;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookRounds(Webhooks webhooks, WebhookDeliveries deliveries, Feed feed, Secrets secrets, Journal journal, WebhookConfig config,
      Across across, ObjectMapper json, Clock clock) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.feed = feed;
    this.secrets = secrets;
    this.journal = journal;
    this.config = config;
    this.backoff = new Backoff(config.firstPause(), config.longestPause());
    this.across = across;
    this.json = json;
    this.clock = clock;
  }

  /// A row of some tenant that is due.
  record Due(TenantId tenant, UUID id) {}

  /// What a delivery says, and to whom.
  record Call(UUID deliveryId, URI url, Secret secret, String id, byte[] body) {
    @Override
    public String toString() {
      return "Call[" + id + "]";
    }
  }

  /// How a call ended.
  ///
  /// @param status empty where nobody answered
  /// @param said what was answered, or why nobody did
  record Ended(Optional<Integer> status, String said) {
    boolean isDelivered() {
      return status.filter(code -> code >= 200 && code < 300).isPresent();
    }
  }

  List<Due> dueWebhooks() {
    return claim("select tenant_id, id from claim_webhooks(?, make_interval(secs => ?), ?)", config.batch());
  }

  List<Due> dueDeliveries(int atMost) {
    return claim("select tenant_id, id from claim_webhook_deliveries(?, make_interval(secs => ?), ?)", atMost);
  }

  private List<Due> claim(String sql, int atMost) {
    return across.find(Due::new, sql, atMost, config.lease(), clock.instant());
  }

  /// The next events become deliveries, and the place moves behind them, together.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void fanOut(UUID webhookId) {
    var webhook = webhooks.findById(webhookId, LockModeType.PESSIMISTIC_WRITE);
    if (webhook == null) {
      return;
    }
    var now = clock.instant();
    var told = feed.after(webhook.place(), EVENTS);
    told.stream().filter(event -> webhook.wants(event.kind())).forEach(event -> deliveries.plan(webhook, event, now));
    if (!told.isEmpty()) {
      webhook.at(told.getLast().place());
    }
    webhook.dueAt = now;
    deliveries.sweep(webhookId, now.minus(config.keep()));
  }

  /// @return nothing if it is not to be made any more
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<Call> call(UUID deliveryId) {
    var delivery = deliveries.findById(deliveryId);
    if (delivery == null || !delivery.state.equals(WebhookDelivery.PENDING)) {
      return Optional.empty();
    }
    var webhook = webhooks.findById(delivery.webhookId);
    return feed.find(delivery.eventId)
        .map(event -> new Call(delivery.id, URI.create(webhook.url), secrets.open(webhook.secretId), delivery.eventId.toString(), body(EventView.of(event))));
  }

  private byte[] body(EventView event) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", event.id());
    data.put("ticketId", event.ticketId());
    data.put("actor", event.actor());
    data.put("details", event.data());
    var body = new LinkedHashMap<String, Object>();
    body.put("type", event.kind());
    body.put("timestamp", event.at());
    body.put("data", data);
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event cannot be written", e);
    }
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void settle(UUID deliveryId, Ended ended) {
    var delivery = deliveries.findById(deliveryId, LockModeType.PESSIMISTIC_WRITE);
    if (delivery == null) {
      return;
    }
    var now = clock.instant();
    delivery.attempts++;
    delivery.lastAt = now;
    delivery.lastStatus = ended.status.orElse(null);
    delivery.lastError = ended.isDelivered() ? null : ended.said;
    if (ended.isDelivered()) {
      delivery.state = WebhookDelivery.DELIVERED;
    } else if (ended.status.filter(code -> code == GONE).isPresent()) {
      delivery.state = WebhookDelivery.FAILED;
      switchOff(delivery.webhookId);
    } else if (delivery.attempts >= config.maxAttempts()) {
      delivery.state = WebhookDelivery.FAILED;
      journal.tenant("webhook.delivery-failed", Actor.SYSTEM, Map.of("webhookId", delivery.webhookId, "deliveryId", delivery.id));
    } else {
      delivery.dueAt = now.plus(backoff.after(delivery.attempts, ThreadLocalRandom.current().nextDouble()));
      deliveries.flush();
      deliveries.postpone(delivery.webhookId, delivery.dueAt);
    }
  }

  /// The server says that nobody listens there any more (Standard Webhooks).
  private void switchOff(UUID webhookId) {
    var webhook = webhooks.findById(webhookId, LockModeType.PESSIMISTIC_WRITE);
    webhook.active = false;
    webhook.updatedAt = clock.instant();
    journal.tenant("webhook.switched-off", Actor.SYSTEM, Map.of("webhookId", webhookId, "status", GONE));
  }
}
