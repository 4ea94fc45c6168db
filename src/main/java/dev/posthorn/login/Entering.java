package dev.posthorn.login;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;

/// The ways in: one's own tenant, an invitation, a domain, a new tenant. Each is one transaction inside the tenant, and begins a
/// session; what is allowed is looked at again in it.
@ApplicationScoped
class Entering {
  private static final String SLUG_TAKEN = "tenant_slug_key";

  private final Logins logins;
  private final LoginSessions sessions;
  private final Invitations invitations;
  private final SignInDomains domains;
  private final Tenants tenants;
  private final Agents agents;
  private final Teams teams;
  private final Queues queues;
  private final Journal journal;
  private final LoginConfig config;

  Entering(Logins logins, LoginSessions sessions, Invitations invitations, SignInDomains domains, Tenants tenants, Agents agents, Teams teams,
      Queues queues, Journal journal, LoginConfig config) {
    this.logins = logins;
    this.sessions = sessions;
    this.invitations = invitations;
    this.domains = domains;
    this.tenants = tenants;
    this.agents = agents;
    this.teams = teams;
    this.queues = queues;
    this.journal = journal;
    this.config = config;
  }

  /// What the person may do.
  ///
  /// @param token of the invitation by whose link they came
  Entrance look(Arrival arrival, Optional<String> token) {
    return Entrance.of(logins.homes(arrival.issuer(), arrival.subject()), token.flatMap(invitations::offer),
        arrival.domain().map(domains::offers).orElse(List.of()), config.selfService(), config.tenantsPerPerson());
  }

  /// Goes home.
  LoginSessions.Shown enter(Arrival arrival, UUID tenant) {
    var home = logins.homes(arrival.issuer(), arrival.subject()).stream().filter(one -> one.tenant().value().equals(tenant)).findFirst()
        .orElseThrow(Entering::closed);
    return in(home.tenant(), () -> sessions.begin(home.tenant(), home.loginId(), arrival.endSessionUrl()));
  }

  /// Takes an invitation. Whoever has its link got the mail: that shows that the address is theirs, whatever the provider says.
  LoginSessions.Shown accept(Arrival arrival, String token) {
    var place = invitations.placeOf(token).orElseThrow(Entering::closed);
    return in(place.tenant(), () -> {
      if (logins.known(arrival).isPresent()) {
        throw closed();
      }
      var invitation = invitations.take(place.id()).orElseThrow(Entering::closed);
      var agent = agents.find("lower(email)", invitation.email.toLowerCase(Locale.ROOT)).firstResultOptional()
          .orElseGet(() -> join(invitation.name, invitation.email, invitation.asRole(), invitation.teamIds, invitation.queueIds));
      if (!agent.active) {
        throw closed();
      }
      invitation.agentId = agent.id;
      journal.tenant("invitation.accepted", Actor.agent(agent.id), Map.of("invitationId", invitation.id, "agentId", agent.id));
      return begin(place.tenant(), arrival, agent, "Invitation_accepted", "/invitations/" + invitation.id);
    });
  }

  /// Joins by the domain of a verified address.
  LoginSessions.Shown join(Arrival arrival, UUID tenant) {
    var offer = arrival.domain().map(domains::offers).orElse(List.of()).stream().filter(one -> one.place().tenant().value().equals(tenant)).findFirst()
        .orElseThrow(Entering::closed);
    return in(offer.place().tenant(), () -> {
      if (agents.count("lower(email)", arrival.email().toLowerCase(Locale.ROOT)) > 0) {
        throw Refusal.conflict("An agent with this address is there already: an admin invites them, and they are the same.");
      }
      var agent = join(arrival.called(), arrival.email(), Role.valueOf(offer.role().toUpperCase(Locale.ROOT)), everyTeam(), everyQueue());
      journal.tenant("agent.joined", Actor.agent(agent.id), Map.of("agentId", agent.id));
      return begin(offer.place().tenant(), arrival, agent, "Agent_joined", "/agents/" + agent.id);
    });
  }

  /// Founds a tenant, whose first admin the person is.
  LoginSessions.Shown found(Arrival arrival, String company) {
    if (!look(arrival, Optional.empty()).mayFound()) {
      throw closed();
    }
    if (arrival.email() == null) {
      throw Refusal.of(ProblemKind.SIGN_IN_FAILED, "The provider did not say your address; it has to be asked for there (scope email).");
    }
    var slug = Slug.of(company);
    try {
      return found(arrival, company, slug);
    } catch (RuntimeException e) {
      if (!isTaken(e)) {
        throw e;
      }
      return found(arrival, company, Slug.like(slug));
    }
  }

  private LoginSessions.Shown found(Arrival arrival, String company, String slug) {
    return tenants.found(slug, company, "en", tenant -> {
      var agent = join(arrival.called(), arrival.email(), Role.ADMIN, everyTeam(), everyQueue());
      return begin(new TenantId(tenant.id), arrival, agent, "Tenant_founded", "/tenant");
    });
  }

  private static boolean isTaken(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException e && e.getServerErrorMessage() != null && SLUG_TAKEN.equals(e.getServerErrorMessage().getConstraint())) {
        return true;
      }
    }
    return false;
  }

  private List<UUID> everyTeam() {
    return teams.<Team>listAll().stream().map(team -> team.id).toList();
  }

  private List<UUID> everyQueue() {
    return queues.<Queue>listAll().stream().map(queue -> queue.id).toList();
  }

  /// A new agent, in those of these teams and queues that are still there.
  private Agent join(String name, String email, Role role, List<UUID> teamIds, List<UUID> queueIds) {
    var agent = agents.create(name, email, role.word(), "");
    teams.place(agent.id, kept(teamIds, everyTeam()));
    queues.assign(agent.id, kept(queueIds, everyQueue()));
    return agent;
  }

  private static Set<UUID> kept(List<UUID> wanted, List<UUID> there) {
    var kept = new HashSet<>(wanted);
    kept.retainAll(there);
    return kept;
  }

  private LoginSessions.Shown begin(TenantId tenant, Arrival arrival, Agent agent, String action, String resource) {
    var session = sessions.begin(tenant, logins.bind(arrival, agent.id).id, arrival.endSessionUrl());
    sessions.note(action, resource, arrival, agent, session);
    return session;
  }

  private static <T> T in(TenantId tenant, Supplier<T> work) {
    return Tenancy.in(tenant, () -> QuarkusTransaction.requiringNew().call(work::get));
  }

  private static Refusal closed() {
    return Refusal.of(ProblemKind.NOT_INVITED, null);
  }
}
