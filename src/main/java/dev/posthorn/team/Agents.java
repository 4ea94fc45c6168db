package dev.posthorn.team;

import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The agents of the current tenant.
@ApplicationScoped
public class Agents implements PanacheRepositoryBase<Agent, UUID> {
  private final Clock clock;

  Agents(Clock clock) {
    this.clock = clock;
  }

  public Agent create(String name, String email, String role, String signatureHtml) {
    var agent = new Agent();
    agent.id = Ids.next();
    agent.name = name;
    agent.email = email;
    agent.role = role;
    agent.signatureHtml = signatureHtml;
    agent.createdAt = clock.instant();
    agent.updatedAt = agent.createdAt;
    persistAndFlush(agent);
    return agent;
  }

  public List<Agent> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// Those of these addresses that agents have.
  ///
  /// @param normalized in lower case
  public Set<String> addresses(Collection<String> normalized) {
    return normalized.isEmpty() ? Set.of() : getEntityManager().createQuery("select lower(email) from Agent where lower(email) in ?1", String.class)
        .setParameter(1, normalized).getResultStream().collect(Collectors.toSet());
  }

  /// Those of these ids that agents have.
  public Set<UUID> known(Collection<UUID> ids) {
    return ids.isEmpty() ? Set.of() : getEntityManager().createQuery("select id from Agent where id in ?1", UUID.class)
        .setParameter(1, ids).getResultStream().collect(Collectors.toSet());
  }
}
