package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A file of a message; its bytes are a blob.
@Entity
public class Attachment {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public UUID messageId;
  public int position;
  public String name;
  public String contentType;
  public long size;
  public byte[] sha256;
  public boolean inline;
  public String contentId;
  public String path;
}
