package dev.posthorn.login;

import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who is known at which provider. What looks across tenants returns (tenant, id) alone; each row is read inside its own.
@ApplicationScoped
class Logins implements PanacheRepositoryBase<Login, UUID> {
  private final Across across;
  private final Agents agents;
  private final Tenants tenants;
  private final Clock clock;

  Logins(Across across, Agents agents, Tenants tenants, Clock clock) {
    this.across = across;
    this.agents = agents;
    this.tenants = tenants;
    this.clock = clock;
  }

  /// A row of some tenant.
  record Place(TenantId tenant, UUID id) {}

  /// Somewhere a person belongs.
  ///
  /// @param loginId the row that says so
  /// @param company the tenant's name
  record Home(TenantId tenant, UUID loginId, UUID agentId, String role, String slug, String company) {}

  /// Where the person belongs and is active, oldest first.
  List<Home> homes(String issuer, String subject) {
    return places("select tenant_id, id from logins_of(?, ?)", issuer, subject).stream().flatMap(place -> home(place).stream()).toList();
  }

  /// Rows that a function which looks across tenants names.
  List<Place> places(String sql, Object... parameters) {
    return across.find(Place::new, sql, parameters);
  }

  private Optional<Home> home(Place place) {
    return Tenancy.in(place.tenant, () -> QuarkusTransaction.requiringNew().call(() -> agentOf(place.id)
        .flatMap(agent -> home(place.tenant, place.id, agent))));
  }

  /// A tenant that is erased is nobody's home, though some of its rows may be there yet.
  private Optional<Home> home(TenantId tenant, UUID loginId, Agent agent) {
    return tenants.findByIdOptional(tenant.value()).filter(row -> row.erasedAt == null)
        .map(row -> new Home(tenant, loginId, agent.id, agent.role, row.slug, row.name));
  }

  /// The active agent whom a row of the current tenant names, in the running transaction.
  Optional<Agent> agentOf(UUID loginId) {
    return findByIdOptional(loginId).flatMap(login -> agents.findByIdOptional(login.agentId)).filter(agent -> agent.active);
  }

  /// Whether it is not being erased: a session that began just then is good for nothing.
  boolean isTenantOpen(TenantId tenant) {
    return tenants.findByIdOptional(tenant.value()).filter(row -> row.erasedAt == null).isPresent();
  }

  /// As whom the current tenant knows the person.
  Optional<Login> known(Arrival arrival) {
    return find("issuer = ?1 and subject = ?2", arrival.issuer(), arrival.subject()).firstResultOptional();
  }

  /// Says that this person is this agent of the current tenant, in the running transaction.
  ///
  /// @throws Refusal 403 where they are another agent already: who was shut out does not come back as somebody else
  Login bind(Arrival arrival, UUID agentId) {
    var known = known(arrival);
    if (known.isPresent()) {
      return known.filter(login -> login.agentId.equals(agentId)).orElseThrow(() -> Refusal.of(ProblemKind.NOT_INVITED, null));
    }
    var login = new Login();
    login.id = Ids.next();
    login.agentId = agentId;
    login.provider = arrival.provider();
    login.issuer = arrival.issuer();
    login.subject = arrival.subject();
    login.createdAt = clock.instant();
    login.usedAt = login.createdAt;
    persistAndFlush(login);
    return login;
  }
}
