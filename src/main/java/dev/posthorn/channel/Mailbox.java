package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A connected account: a mailbox of the tenant's own, elsewhere. How it is read stands in [MailboxPull].
@Entity
public class Mailbox {
  public static final String IMAP = "imap";
  public static final String GMAIL = "gmail";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String kind;
  public String name;
  public String address;
  public UUID teamId;
  public String username;
  public UUID secretId;
  public String imapHost;
  public Integer imapPort;
  public String imapSecurity;
  public String smtpHost;
  public Integer smtpPort;
  public String smtpSecurity;
  public String folder;
  public boolean processIncoming;
  public String afterImport;
  public String moveTo;
  public boolean unreadOnly;
  public boolean keepSent;

  /// Null for the one that the server marks as such.
  public String sentFolder;

  /// Of what was there already, only mails since then are read.
  public Instant since;

  public Instant connectedAt;
  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;

  AfterImport afterImport() {
    return AfterImport.of(afterImport);
  }

  /// Gmail keeps a copy of what its SMTP server takes by itself; another one would double it (P-34).
  public boolean wantsCopies() {
    return keepSent && kind.equals(IMAP);
  }
}
