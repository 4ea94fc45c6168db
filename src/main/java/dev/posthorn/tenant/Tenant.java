package dev.posthorn.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/// A company that uses Posthorn. Its own row is the one row without a discriminator: its id is the discriminator.
@Entity
public class Tenant {
  @Id public UUID id;
  public String slug;
  public String name;
  public String locale;
  public String timeZone;
  public UUID defaultOutboundChannelId;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
