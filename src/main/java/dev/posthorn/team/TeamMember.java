package dev.posthorn.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// An agent's place in a team.
@Entity
@IdClass(TeamMember.Key.class)
public class TeamMember {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID teamId;
  @Id public UUID agentId;
  public boolean lead;

  public record Key(UUID teamId, UUID agentId) {}
}
