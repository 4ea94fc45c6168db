package dev.posthorn.feed;

import dev.posthorn.event.Feed.Told;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What is to be told, and was, to the webhooks of the current tenant.
@ApplicationScoped
class WebhookDeliveries implements PanacheRepositoryBase<WebhookDelivery, UUID> {
  private static final int SWEPT = 500;

  private final CurrentTenant tenant;

  WebhookDeliveries(CurrentTenant tenant) {
    this.tenant = tenant;
  }

  WebhookDelivery plan(Webhook webhook, Told event, Instant now) {
    var delivery = new WebhookDelivery();
    delivery.id = Ids.next();
    delivery.webhookId = webhook.id;
    delivery.eventId = event.id();
    delivery.state = WebhookDelivery.PENDING;
    delivery.dueAt = now;
    delivery.createdAt = now;
    persist(delivery);
    return delivery;
  }

  /// Newest first.
  ///
  /// @param state null for any
  List<WebhookDelivery> page(UUID webhookId, String state, Cursor after, int atMost) {
    return selection(webhookId, state).newestFirst(this, after, atMost);
  }

  long count(UUID webhookId, String state) {
    return selection(webhookId, state).count(this);
  }

  private static Selection selection(UUID webhookId, String state) {
    return Selection.all().where("webhookId = ?", webhookId).where("state = ?", state);
  }

  /// A server that failed is left alone with everything else that waits for it.
  void postpone(UUID webhookId, Instant until) {
    update("dueAt = ?1 where webhookId = ?2 and state = 'pending' and dueAt < ?1", until, webhookId);
  }

  /// Ended ones that are older go, some at a time.
  void sweep(UUID webhookId, Instant before) {
    getEntityManager().createNativeQuery("""
        delete from webhook_delivery where tenant_id = :tenant and id in (
          select id from webhook_delivery where tenant_id = :tenant and webhook_id = :webhook and state <> 'pending' and created_at < :before
          order by id limit :most)""")
        .setParameter("tenant", tenant.value()).setParameter("webhook", webhookId).setParameter("before", before).setParameter("most", SWEPT)
        .executeUpdate();
  }
}
