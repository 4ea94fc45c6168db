package dev.posthorn.privacy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Deletes everything of a tenant that is gone already for everybody who asks: what is large in many short transactions, so that nobody
/// else waits for it, and then the tenant's own row with the rest. Another node may go on at any place.
@ApplicationScoped
class TenantErasure {
  private static final Logger LOG = Logger.getLogger(TenantErasure.class);

  /// Bytes first: they are what is large. A table comes before those that its rows need.
  private static final List<String> LARGE = List.of("blob", "idempotency", "webhook_delivery", "event", "search_entry", "attachment", "comment", "message",
      "thread_ref", "participant", "outbound_recipient", "sent_copy", "outbound_mail", "ticket", "inbound_mail", "upload", "contact_email", "contact_phone",
      "deleted_mail");

  private final Statements statements;
  private final PrivacyConfig config;

  TenantErasure(Statements statements, PrivacyConfig config) {
    this.statements = statements;
    this.config = config;
  }

  void run() {
    LARGE.forEach(this::empty);
    QuarkusTransaction.requiringNew().run(() -> statements.change("delete from tenant where id = ? and erased_at is not null"));
    LOG.info("A tenant was erased");
  }

  private void empty(String table) {
    while (QuarkusTransaction.requiringNew().call(() -> statements.change("delete from " + table + " t using (select ctid from " + table
        + " where tenant_id = ? limit ? for update skip locked) few where t.ctid = few.ctid", config.batch())) > 0) {
      // batch by batch
    }
  }
}
