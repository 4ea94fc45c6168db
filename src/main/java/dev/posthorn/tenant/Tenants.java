package dev.posthorn.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// The companies. One row is visible at a time, from inside its own [Tenancy]; the operator's list goes through ids.
@ApplicationScoped
public class Tenants implements PanacheRepositoryBase<Tenant, UUID> {
  /// What lets somebody in, or works by itself.
  private static final List<String> STOPS = List.of(
      "delete from api_key where tenant_id = current_tenant()",
      "delete from login where tenant_id = current_tenant()",
      "delete from invitation where tenant_id = current_tenant()",
      "delete from sign_in_domain where tenant_id = current_tenant()",
      "delete from mailbox_authorization where tenant_id = current_tenant()",
      "delete from mailbox_grant where tenant_id = current_tenant()",
      "update mailbox_pull set active = false where tenant_id = current_tenant()",
      "update webhook set active = false where tenant_id = current_tenant()",
      "delete from webhook_delivery where tenant_id = current_tenant() and state = 'pending'",
      "update outbound_mail set state = 'failed', last_error = null where tenant_id = current_tenant() and state in ('queued', 'deferred')",
      "update sent_copy set state = 'failed' where tenant_id = current_tenant() and state = 'pending'",
      "delete from inbound_mail where tenant_id = current_tenant() and state = 'pending'",
      "update sending_domain set due_at = null where tenant_id = current_tenant()",
      "delete from offer_round where tenant_id = current_tenant()",
      "update ticket set clock_at = null where tenant_id = current_tenant() and clock_at is not null");

  private final Clock clock;
  private final Event<Founded> founded;
  private final Event<Erased> erased;
  private final Event<Erasing> erasing;

  Tenants(Clock clock, Event<Founded> founded, Event<Erased> erased, Event<Erasing> erasing) {
    this.clock = clock;
    this.founded = founded;
    this.erased = erased;
    this.erasing = erasing;
  }

  /// Founds a tenant with everything a new one has, and runs `then` in the same transaction.
  public <T> T found(String slug, String name, String locale, Function<Tenant, T> then) {
    var id = new TenantId(Ids.next());
    return Tenancy.in(id, () -> QuarkusTransaction.requiringNew().call(() -> {
      var tenant = new Tenant();
      tenant.id = id.value();
      tenant.slug = slug;
      tenant.name = name;
      tenant.locale = locale;
      tenant.timeZone = "UTC";
      tenant.createdAt = clock.instant();
      tenant.updatedAt = tenant.createdAt;
      persistAndFlush(tenant);
      founded.fire(new Founded(tenant));
      return then.apply(tenant);
    }));
  }

  /// The row of a tenant, whoever asks: for the operator and for start-up.
  public Optional<Tenant> byId(UUID id) {
    return inside(id, () -> present(id));
  }

  /// Changes the row of a tenant, whoever asks.
  public <T> Optional<T> change(UUID id, Function<Tenant, T> change) {
    return inside(id, () -> present(id).map(tenant -> {
      var result = change.apply(tenant);
      flush();
      return result;
    }));
  }

  /// Ids in their order, after one, at most so many.
  public List<UUID> ids(Optional<UUID> after, int atMost) {
    return QuarkusTransaction.joiningExisting().call(() -> getSession()
        .createNativeQuery("select * from tenant_ids(cast(:after as uuid), :atMost)", UUID.class)
        .setParameter("after", after.map(UUID::toString).orElse(null))
        .setParameter("atMost", atMost)
        .getResultList());
  }

  /// How many there are.
  public long total() {
    return QuarkusTransaction.joiningExisting().call(() -> (Long) getEntityManager()
        .createNativeQuery("select tenant_count()", Long.class)
        .getSingleResult());
  }

  private Optional<Tenant> present(UUID id) {
    return findByIdOptional(id).filter(tenant -> tenant.erasedAt == null);
  }

  /// From the commit on the tenant is gone for everybody who asks: no key, session or token opens it, nothing comes in or leaves, its slug is free. What it has is
  /// deleted step by step from then on ([Erasing]). Its forwarding addresses stay issued, so that nobody else ever gets one.
  public boolean erase(UUID id) {
    return inside(id, () -> present(id).map(tenant -> {
      tenant.erasedAt = clock.instant();
      tenant.slug = id.toString();
      tenant.name = "";
      tenant.defaultOutboundChannelId = null;
      flush();
      for (var stop : STOPS) {
        getEntityManager().createNativeQuery(stop).executeUpdate();
      }
      erased.fire(new Erased(new TenantId(id)));
      erasing.fire(new Erasing(new TenantId(id)));
      return true;
    }).orElse(false));
  }

  private <T> T inside(UUID id, Supplier<T> work) {
    return Tenancy.in(new TenantId(id), () -> QuarkusTransaction.requiringNew().call(work::get));
  }
}
