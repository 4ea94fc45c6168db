package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// In which ticket the conversation with a number goes on, by the channel of one of our own numbers.
@Entity
@IdClass(TextThread.Key.class)
public class TextThread {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID channelId;
  @Id public String number;
  public UUID ticketId;
  public Instant updatedAt;

  public record Key(UUID channelId, String number) {}
}
