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
  public static final String MICROSOFT365 = "microsoft365";
  public static final String GMAIL_API = "gmail-api";

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

  /// Whether somebody signs in for it at its provider, and no password is kept.
  boolean isBySignIn() {
    return isBySignIn(kind);
  }

  static boolean isBySignIn(String kind) {
    return kind.equals(MICROSOFT365) || kind.equals(GMAIL_API);
  }

  /// Gmail keeps a copy of what its SMTP server takes by itself; another one would double it (P-34).
  public boolean wantsCopies() {
    return keepSent && kind.equals(IMAP);
  }
}
