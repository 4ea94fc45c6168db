package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A way in. Each belongs to a team; its mail goes to its queue, else to the team's default queue.
@Entity
public class InboundChannel {
  public static final String FORWARDING_ADDRESS = "forwarding-address";
  public static final String HTTP = "http";
  public static final String MAILBOX = "mailbox";
  public static final String TEXT = "text";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String kind;
  public String name;
  public String color;

  /// The address that mail for this channel is sent to, or the number of texts; none for a channel that is only pushed to.
  public String address;

  /// The connected mailbox whose mail comes in here; null for other kinds, and after it was disconnected.
  public UUID mailboxId;

  public UUID teamId;
  public UUID queueId;

  /// Of which type a ticket is that its mail opens (OD-14); null for none.
  public UUID ticketTypeId;

  /// Which outbound channel answers what came in here (OD-21).
  public UUID replyViaId;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
