package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A way out. `relay` is the platform's own relay; its From is the team's sender unless the channel names one of the
/// tenant's own forwarding addresses. The others belong to a connected mailbox: mail leaves by its server and from its address.
@Entity
public class OutboundChannel {
  public static final String RELAY = "relay";
  public static final String SMTP = "smtp";
  public static final String GMAIL = "gmail";
  public static final String MICROSOFT365 = "microsoft365";
  public static final String GMAIL_API = "gmail-api";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String kind;
  public String name;
  public String fromAddress;
  public String displayName;

  /// The connected mailbox by whose server mail leaves; null for the relay.
  public UUID mailboxId;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
