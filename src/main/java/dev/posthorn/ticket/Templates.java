package dev.posthorn.ticket;

import dev.posthorn.contact.Contacts;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The templates of the current tenant, and what they say of a ticket. Values are escaped where they stand in HTML: whatever
/// a customer calls himself is text.
@ApplicationScoped
class Templates implements PanacheRepositoryBase<Template, UUID> {
  private final EntityManager entities;
  private final Contacts contacts;
  private final Agents agents;
  private final Teams teams;
  private final Queues queues;
  private final Tenants tenants;
  private final CurrentTenant tenant;

  Templates(EntityManager entities, Contacts contacts, Agents agents, Teams teams, Queues queues, Tenants tenants, CurrentTenant tenant) {
    this.entities = entities;
    this.contacts = contacts;
    this.agents = agents;
    this.teams = teams;
    this.queues = queues;
    this.tenants = tenants;
    this.tenant = tenant;
  }

  /// A template filled in.
  ///
  /// @param html clean
  record Filled(String subject, String html) {
    @Override
    public String toString() {
      return "Filled[]";
    }
  }

  List<Template> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// @throws Refusal 422 where there is no such template
  Filled filled(UUID id, Ticket ticket, Optional<UUID> author) {
    var template = findByIdOptional(id).orElseThrow(() -> Refusal.unprocessable("/templateId", "There is no such template."));
    return filled(template, of(ticket, author));
  }

  Filled sample(Template template) {
    return filled(template, TemplateVariable::sample);
  }

  static Filled filled(Template template, Function<TemplateVariable, String> values) {
    var html = TemplateText.fill(template.bodyHtml, variable -> TemplateText.escaped(values.apply(variable)));
    return new Filled(CleanText.cut(TemplateText.fill(template.subject, values).replaceAll("\\p{Cntrl}+", " ").strip(), TicketDesk.MAX_SUBJECT),
        OutgoingHtml.sanitize(html));
  }

  Function<TemplateVariable, String> of(Ticket ticket, Optional<UUID> author) {
    var requester = entities.createQuery("from Participant where ticketId = ?1 and role = 'requester'", Participant.class)
        .setParameter(1, ticket.id).setMaxResults(1).getResultStream().findFirst();
    Optional<Agent> agent = author.flatMap(agents::findByIdOptional);
    Team team = teams.findById(ticket.teamId);
    return variable -> switch (variable) {
      case CONTACT_NAME -> requester.map(one -> one.name.isBlank() ? one.address : one.name)
          .orElseGet(() -> contacts.names(List.of(ticket.contactId)).getOrDefault(ticket.contactId, ""));
      case CONTACT_EMAIL -> requester.map(one -> one.address).orElse("");
      case TICKET_NUMBER -> String.valueOf(ticket.number);
      case TICKET_SUBJECT -> ticket.subject;
      case AGENT_NAME -> agent.map(one -> one.name).orElse(team.displayName);
      case AGENT_EMAIL -> agent.map(one -> one.email).orElse("");
      case TEAM_NAME -> team.displayName;
      case QUEUE_NAME -> queues.<Queue>findById(ticket.queueId).name;
      case COMPANY_NAME -> tenants.findById(tenant.value()).name;
    };
  }
}
