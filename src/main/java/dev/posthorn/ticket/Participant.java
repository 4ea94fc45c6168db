package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Somebody whose mail belongs into the ticket: the requester, those in To and Cc, and hidden ones from a reply's Bcc
/// (EH-10, EH-11).
@Entity
@IdClass(Participant.Key.class)
public class Participant {
  public static final String REQUESTER = "requester";
  public static final String PARTICIPANT = "participant";
  public static final String HIDDEN = "hidden";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID ticketId;

  /// Normalised.
  @Id public String address;

  public String name;
  public String role;
  public UUID contactId;

  /// Read out of a mail that an agent forwarded (P-48).
  public boolean inferred;

  public Instant createdAt;

  public record Key(UUID ticketId, String address) {}
}
