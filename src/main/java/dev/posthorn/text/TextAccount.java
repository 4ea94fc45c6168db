package dev.posthorn.text;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A number of the tenant's at a gateway: texts come in for it, and leave from it.
@Entity
public class TextAccount {
  static final String CONNECTED = "connected";
  static final String FAILING = "failing";
  static final String PAUSED = "paused";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;
  public String number;
  public UUID teamId;
  public UUID inboundChannelId;
  public String gatewayUrl;
  public UUID secretId;

  /// Whether texts leave by it; what is written meanwhile waits.
  public boolean active;

  /// When the gateway last took a text, and why it did not since then.
  public Instant lastSuccessAt;

  public String lastError;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  String state() {
    return !active ? PAUSED : lastError != null ? FAILING : CONNECTED;
  }
}
