package dev.posthorn.ticket;

import dev.posthorn.trust.Authentication;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// One mail or text of a ticket, in or out. Changed by [Reprocessing] alone once it is written; how its sending went stands in the outbox.
@Entity
public class Message {
  public static final String INBOUND = "inbound";
  public static final String OUTBOUND = "outbound";
  public static final String EMAIL = "email";
  public static final String TEXT = "text";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID ticketId;
  public String direction;
  public String channel;
  public String fromName;
  public String fromAddress;

  @JdbcTypeCode(SqlTypes.JSON)
  public Parties parties;

  public String subject;
  public String messageId;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> inReplyTo;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> refs;

  /// Thread-Index: the conversation as Outlook counts it; null where nobody did.
  public String threadIndex;

  public Instant sentAt;
  public Instant receivedAt;
  public String text;

  /// Sanitised; what came stands in the original.
  public String html;

  /// What is new in the text; null where that is all of it.
  public String newText;

  /// How sure [#newText] is: `high`, `medium` or `low`; null where nothing was split.
  public String newTextConfidence;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<String> flaws;

  public UUID contactId;
  public UUID agentId;
  public byte[] sha256;
  public long size;
  public UUID inboundMailId;
  public UUID outboundMailId;

  /// Of a text; null for mail.
  public UUID inboundTextId;

  public UUID outboundTextId;

  /// Which evidence put an inbound mail into this ticket.
  public String placedBy;

  /// What kind of mail it is, as [dev.posthorn.mail.Classification#word] says it.
  public String classification = "ordinary";

  /// What is known of an inbound mail's sender; null for our own.
  @JdbcTypeCode(SqlTypes.JSON)
  public Authentication authentication;

  /// Which level chose the outbound channel.
  public String channelChosenBy;

  /// Before this time it does not leave; null where it was to leave at once.
  public Instant notBefore;

  /// The message that this one forwards; null for none.
  public UUID forwardOfId;

  public Instant createdAt;

  boolean isText() {
    return channel.equals(TEXT);
  }

  /// The people of a mail; of a text their numbers.
  public record Parties(List<Party> to, List<Party> cc, List<Party> bcc, List<Party> replyTo) {}

  /// One of them.
  public record Party(String name, String address) {}
}
