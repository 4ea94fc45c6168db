package dev.posthorn.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.TenantId;

/// A way out. `relay` is the platform's own relay; its From is the team's sender unless the channel names one of the
/// tenant's own forwarding addresses, or an address of a domain that is proven to be the tenant's. `smtp` without a mailbox is
/// an SMTP server of the tenant's own (OD-17). The others belong to a connected mailbox: mail leaves by its server and from its
/// address.
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

  /// The server of the tenant's own; null for every other kind, as the next four. Without a user name it lets us in as we are.
  String host;

  Integer port;
  String security;
  String username;
  UUID secretId;

  /// Null for what is usual of its kind.
  String answersTo;

  /// Why the last mail did not leave by it, in the server's words; null after a success. That it changes is no edit.
  @OptimisticLock(excluded = true)
  String lastError;

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  /// Whether mail leaves by an SMTP server of the tenant's own that belongs to no mailbox.
  public boolean isOwnServer() {
    return host != null;
  }

  /// Where answers to what leaves by it come in. To a mailbox they come home by themselves.
  public AnswersTo answersTo() {
    return answersTo != null ? AnswersTo.of(answersTo) : mailboxId != null ? AnswersTo.ADDRESS : AnswersTo.TEAM;
  }
}
