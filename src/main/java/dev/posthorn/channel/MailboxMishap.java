package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A mail that a mailbox says it has and does not hand out.
@Entity
@IdClass(MailboxMishap.Key.class)
public class MailboxMishap {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID mailboxId;
  @Id public String reference;
  public String why;
  public int attempts;
  public Instant dueAt;
  public boolean givenUp;
  public Instant firstAt;

  public record Key(UUID mailboxId, String reference) {}
}
