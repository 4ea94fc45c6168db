package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// An address or a domain that no mail is sent to (OD-25).
@Entity
public class Suppression {
  /// Somebody listed it.
  public static final String MANUAL = "manual";

  /// It is one of the tenant's own: what is sent there comes back in (OD-26).
  public static final String OWN_ADDRESS = "own-address";

  /// A server said that nobody is there.
  public static final String HARD_BOUNCE = "hard-bounce";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;

  /// Normalised: `anna@customer.example`, or `customer.example` for everybody there.
  public String pattern;

  public String reason;
  public Instant createdAt;
  public Instant updatedAt;
}
