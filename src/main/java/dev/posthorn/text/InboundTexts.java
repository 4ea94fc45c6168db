package dev.posthorn.text;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Texts that came in for the current tenant.
@ApplicationScoped
public class InboundTexts implements PanacheRepositoryBase<InboundText, UUID> {
  private final CurrentTenant tenant;

  InboundTexts(CurrentTenant tenant) {
    this.tenant = tenant;
  }

  /// Texts of one number, and the same text twice, are filed one after the other, on whatever node. Until the end of the transaction.
  public void lock(UUID channelId, String number) {
    getEntityManager().createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) as locked")
        .setParameter("key", "text " + tenant.id() + " " + channelId + " " + number).getSingleResult();
  }

  public Optional<InboundText> known(UUID channelId, String sourceKey) {
    return find("channelId = ?1 and sourceKey = ?2", channelId, sourceKey).firstResultOptional();
  }

  /// @param ticketId into which it was filed, as message `messageId`
  public InboundText keep(UUID channelId, String sourceKey, UUID ticketId, UUID messageId, Instant at) {
    var row = new InboundText();
    row.id = Ids.next();
    row.channelId = channelId;
    row.sourceKey = sourceKey;
    row.ticketId = ticketId;
    row.messageId = messageId;
    row.receivedAt = at;
    persistAndFlush(row);
    return row;
  }
}
