package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How far a mailbox was read, who reads it now, and how that goes.
///
/// `connected` ⇄ `failing` → `needs-reauthorization` → (a new password) `connected`. A mailbox whose mail is not processed is
/// not active, and shown as `paused`.
@Entity
public class MailboxPull {
  public static final String CONNECTED = "connected";
  public static final String FAILING = "failing";
  public static final String NEEDS_REAUTHORIZATION = "needs-reauthorization";
  public static final String PAUSED = "paused";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID mailboxId;
  public boolean active;
  public String cursor;
  public String state;
  public int failures;
  public Instant dueAt;
  public UUID leasedBy;
  public Instant leaseUntil;
  public Instant lastSuccessAt;
  public String lastStep;
  public String lastError;
  public Instant stalledAt;

  /// Its provider has announced something since it was last looked at.
  public boolean announced;

  /// The day (UTC) that `spentBytes` counts; null before the first.
  LocalDate spentOn;

  /// What was fetched from it on that day.
  long spentBytes;

  MailboxLines.Spent spent() {
    return new MailboxLines.Spent(spentOn == null ? LocalDate.EPOCH : spentOn, spentBytes);
  }
}
