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

  /// The word before the number in subjects (`[ACME#42]`); null for none.
  public String subjectTag;

  /// How long after its end a ticket is opened again by an answer; null for ever (P-27).
  public Integer reopenWindowDays;

  /// Whether an answer with another subject is a ticket of its own (P-22).
  public boolean splitOnSubjectChange;

  /// Whether a conversation that is forwarded to us is a ticket of its own (P-25).
  public boolean splitOnForward;

  /// Whom tickets are handed over to: `queue`, or `agent` too (WX-21).
  public String transferTargets = "queue";

  /// Where the tenant itself tells more about a customer (TH-44); null for nowhere.
  public String contextUrl;

  /// Since when it is being erased: for everybody who asks it is not there any more. Null for all others.
  public Instant erasedAt;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
