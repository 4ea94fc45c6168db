package dev.posthorn.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.event.Feed;
import dev.posthorn.feed.WebhookResource.DeliveryView;
import dev.posthorn.feed.WebhookResource.NewWebhookView;
import dev.posthorn.feed.WebhookResource.WebhookFields;
import dev.posthorn.feed.WebhookResource.WebhookView;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.wire.ServerUrl;
import dev.posthorn.wire.WebhookSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// What HTTP may do with webhooks. Each method is one transaction.
@ApplicationScoped
@Transactional
class WebhookDesk {
  private static final String PURPOSE = "webhook";

  private final Webhooks webhooks;
  private final WebhookDeliveries deliveries;
  private final Secrets secrets;
  private final Feed feed;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final WebhookConfig config;
  private final Clock clock;

  WebhookDesk(Webhooks webhooks, WebhookDeliveries deliveries, Secrets secrets, Feed feed, Preconditions preconditions, MergePatch mergePatch,
      WebhookConfig config, Clock clock) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.secrets = secrets;
    this.feed = feed;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.config = config;
    this.clock = clock;
  }

  Page<WebhookView> list(Listing listing) {
    return listing.answer(webhooks::page, webhook -> Cursor.at(webhook.id), WebhookView::of, webhooks::count);
  }

  WebhookView show(UUID id) {
    return WebhookView.of(existing(id));
  }

  /// It is told of what happens from now on.
  NewWebhookView create(WebhookFields wanted) {
    if (webhooks.count() >= config.maxWebhooks()) {
      throw Refusal.conflict("There are " + config.maxWebhooks() + " webhooks already.");
    }
    var secret = WebhookSignature.newSecret();
    var webhook = new Webhook();
    webhook.id = Ids.next();
    webhook.createdAt = clock.instant();
    webhook.dueAt = webhook.createdAt;
    webhook.secretId = secrets.keep(PURPOSE, secret);
    webhook.at(feed.end());
    write(webhook, wanted);
    webhooks.persistAndFlush(webhook);
    return new NewWebhookView(webhook.id, webhook.url, webhook.events, webhook.active, webhook.createdAt, webhook.updatedAt, secret.reveal());
  }

  /// One that was off is told of what happened meanwhile.
  WebhookView change(UUID id, ObjectNode patch) {
    var webhook = existing(id);
    preconditions.check(WebhookView.of(webhook));
    var current = WebhookFields.of(webhook);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      write(webhook, wanted);
      webhooks.flush();
    }
    return WebhookView.of(webhook);
  }

  void remove(UUID id) {
    var webhook = existing(id);
    preconditions.check(WebhookView.of(webhook));
    webhooks.delete(webhook);
    webhooks.flush();
    secrets.forget(webhook.secretId);
  }

  Page<DeliveryView> deliveries(UUID id, String state, Listing listing) {
    existing(id);
    return listing.answer((after, atMost) -> deliveries.page(id, state, after, atMost), delivery -> Cursor.at(delivery.id), DeliveryView::of,
        () -> deliveries.count(id, state));
  }

  DeliveryView delivery(UUID id, UUID deliveryId) {
    return DeliveryView.of(existing(id, deliveryId, LockModeType.NONE));
  }

  /// Whatever became of it, it is made once more.
  DeliveryView replay(UUID id, UUID deliveryId) {
    var delivery = existing(id, deliveryId, LockModeType.PESSIMISTIC_WRITE);
    delivery.again(clock.instant());
    deliveries.flush();
    return DeliveryView.of(delivery);
  }

  private void write(Webhook webhook, WebhookFields wanted) {
    webhook.url = checked(wanted.url());
    webhook.events = wanted.events().stream().distinct().toList();
    webhook.active = wanted.active();
    webhook.updatedAt = clock.instant();
  }

  private String checked(String text) {
    return ServerUrl.of(text, config.allowUnencrypted())
        .orElseThrow(() -> Refusal.unprocessable("/url", "An https URL with a host, without a user and a fragment."));
  }

  private Webhook existing(UUID id) {
    return webhooks.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("webhook"));
  }

  private WebhookDelivery existing(UUID id, UUID deliveryId, LockModeType lock) {
    existing(id);
    return deliveries.findByIdOptional(deliveryId, lock).filter(delivery -> delivery.webhookId.equals(id))
        .orElseThrow(() -> Refusal.notFound("delivery"));
  }
}
