package dev.posthorn.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// People who answer from one shared address.
@Entity
public class Team {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String name;

  /// What customers see in the From line (EH-22).
  public String displayName;

  /// Off: mail that arrives is held, nothing is sent (EH-01).
  public boolean emailHubEnabled;

  /// On: mail of a customer with an open ticket joins it although nothing in its headers says so (EH-30).
  public boolean joinOpenTicket;

  /// On: mail of somebody unknown makes no new ticket and waits in quarantine (EH-23).
  public boolean acceptOnlyKnownContacts;

  /// On: automatic replies are From the display name; off: from the company (EH-25).
  public boolean useDisplayNameInAutoReplies;

  /// On: whoever opens a ticket by mail is told so, once (AT-04).
  public boolean autoConfirm;

  /// Which of the team's forwarding addresses its mail comes from (EH-21).
  public UUID senderAddressId;

  public UUID defaultQueueId;

  /// By which outbound channel it answers where neither the way in nor the queue says so; null where that is decided elsewhere.
  public UUID replyViaId;

  /// Stands under mail of agents who have no signature of their own, cleaned of what may not be sent.
  public String signatureHtml = "";
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
