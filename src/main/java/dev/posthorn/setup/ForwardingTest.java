package dev.posthorn.setup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A mail that was sent to a company's own address to see whether it comes in by forwarding, and how it came.
@Entity
public class ForwardingTest {
  static final String WAITING = "waiting";
  static final String ARRIVED = "arrived";
  static final String EXPIRED = "expired";
  static final String FAILED = "failed";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID teamId;

  /// The company's own, which is to forward.
  public String address;

  /// By which the mail is known when it comes in, whatever was done to its headers.
  public String token;

  public UUID outboundMailId;
  public Instant expiresAt;
  public Instant createdAt;

  /// Null until then, as the next two.
  public Instant arrivedAt;

  public UUID channelId;

  @JdbcTypeCode(SqlTypes.JSON)
  public Findings findings;

  /// What was seen when it came in.
  ///
  /// @param hops servers that it passed, in their order, as far as they said so (RFC 5321, section 4.4)
  /// @param spf how the checks of the sender ended, in the words of RFC 8601, as `dkim` and `dmarc`
  /// @param messageIdKept whether it still had its Message-ID
  /// @param subjectKept whether it still had its subject
  @Schema(name = "ForwardingFindings")
  public record Findings(List<String> hops, String spf, String dkim, String dmarc, boolean messageIdKept, boolean subjectKept) {}

  void arrived(UUID channel, Findings found, Instant at) {
    arrivedAt = at;
    channelId = channel;
    findings = found;
  }

  /// @param sending how far the mail got on its way out: `sent`, `failed`, ...
  String state(String sending, Instant now) {
    return arrivedAt != null ? ARRIVED
        : List.of("failed", "bounced", "suppressed").contains(sending) ? FAILED
        : now.isBefore(expiresAt) ? WAITING : EXPIRED;
  }

  /// From when it left until it came in; null until then.
  Long delaySeconds(Instant sentAt) {
    return arrivedAt == null ? null : Math.max(0, Duration.between(sentAt == null ? createdAt : sentAt, arrivedAt).toSeconds());
  }
}
