package dev.posthorn.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One of a contact's numbers, as [PhoneNumber] writes it. Several people may share one.
@Entity
@IdClass(ContactPhone.Key.class)
public class ContactPhone {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID contactId;
  @Id public String number;
  public int position;

  public record Key(UUID contactId, String number) {}
}
