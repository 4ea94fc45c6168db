package dev.posthorn.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// One of a contact's addresses, normalised: an address belongs to one contact of a tenant.
@Entity
public class ContactEmail {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public String address;
  public UUID contactId;
  public int position;
}
