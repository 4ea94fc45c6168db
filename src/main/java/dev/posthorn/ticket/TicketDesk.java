package dev.posthorn.ticket;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.CleanText;
import dev.posthorn.sla.Deadline;
import dev.posthorn.sla.Pace;
import dev.posthorn.sla.Priorities;
import dev.posthorn.team.Team;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// What mail does to tickets: opens them, is heard by them, brings people into them. Works in the caller's transaction.
@ApplicationScoped
public class TicketDesk {
  static final int MAX_SUBJECT = 1_000;

  private final Tickets tickets;
  private final Statuses statuses;
  private final TicketTags tags;
  private final Priorities priorities;
  private final Journal journal;
  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final Clock clock;

  TicketDesk(Tickets tickets, Statuses statuses, TicketTags tags, Priorities priorities, Journal journal, DataSource dataSource,
      CurrentTenant tenant, Clock clock) {
    this.tickets = tickets;
    this.statuses = statuses;
    this.tags = tags;
    this.priorities = priorities;
    this.journal = journal;
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.clock = clock;
  }

  /// A ticket that begins with this mail; its number is given when it is opened.
  public Ticket prepare(Incoming mail, InboundChannel channel, Team team, UUID contactId) {
    return prepare(mail.subject(), mail.receivedAt(), channel, team, contactId);
  }

  /// A ticket that begins with whatever came in by the channel.
  public Ticket prepare(String subject, Instant receivedAt, InboundChannel channel, Team team, UUID contactId) {
    var ticket = new Ticket();
    ticket.id = Ids.next();
    ticket.subject = CleanText.cut(subject, MAX_SUBJECT);
    ticket.queueId = channel.queueId != null ? channel.queueId : team.defaultQueueId;
    ticket.teamId = team.id;
    ticket.typeId = channel.ticketTypeId;
    ticket.contactId = contactId;
    ticket.inboundChannelId = channel.id;
    ticket.createdAt = clock.instant();
    ticket.hears(receivedAt);
    return ticket;
  }

  /// What every new ticket begins with.
  public record Beginning(UUID priorityId, Pace pace, Status status) {}

  /// Asked once for all tickets that are opened together and begin alike.
  ///
  /// @param wanted the priority; the default where there is none, or it is gone
  /// @param statusId the status; a new one where there is none, or it is gone
  public Beginning beginning(Optional<UUID> wanted, Optional<UUID> statusId) {
    var priority = wanted.flatMap(priorities::findByIdOptional).map(found -> found.id).orElseGet(priorities::defaultId);
    return new Beginning(priority, priorities.pace(priority), statusId.flatMap(statuses::findByIdOptional).orElseGet(() -> statuses.ofKind(Status.NEW)));
  }

  /// Puts words on a ticket that was just opened, to find it by.
  public void tag(UUID ticketId, Collection<String> tags) {
    this.tags.add(ticketId, tags);
  }

  public void open(Ticket ticket, Beginning beginning) {
    ticket.priorityId = beginning.priorityId;
    ticket.is(beginning.status, ticket.createdAt);
    ticket.clocks(Deadline.read(beginning.pace.times(), beginning.pace.hours(), ticket.course(), ticket.createdAt));
    tickets.persist(ticket);
  }

  /// The customer wrote again: what waited for it, or was done, is open.
  public void hear(Ticket ticket, UUID contactId, Instant at) {
    hear(ticket, contactId, at, "mail");
  }

  /// @param by `mail` or `text`
  public void hear(Ticket ticket, UUID contactId, Instant at, String by) {
    ticket.hears(at);
    if (!ticket.statusKind.equals(Status.NEW) && !ticket.statusKind.equals(Status.OPEN)) {
      var before = ticket.status;
      ticket.is(statuses.ofKind(Status.OPEN), at);
      journal.ticket("ticket.reopened", ticket.id, Actor.contact(contactId), Map.of("from", before, "by", by));
    }
  }

  /// A program wrote: the ticket has one more message, and nobody waits for an answer.
  public void note(Ticket ticket, Instant at) {
    ticket.notes(at);
  }

  /// Brings people into tickets; who is in already stays as they are.
  public void join(Collection<Participant> people) {
    if (people.isEmpty()) {
      return;
    }
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement("""
            insert into participant (tenant_id, ticket_id, address, name, role, contact_id, created_at, inferred)
            select ?, p.* from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::boolean[]) as p
            on conflict do nothing""")) {
      insert.setObject(1, tenant.value());
      insert.setArray(2, connection.createArrayOf("uuid", people.stream().map(row -> row.ticketId).toArray()));
      insert.setArray(3, connection.createArrayOf("text", people.stream().map(row -> row.address).toArray()));
      insert.setArray(4, connection.createArrayOf("text", people.stream().map(row -> row.name).toArray()));
      insert.setArray(5, connection.createArrayOf("text", people.stream().map(row -> row.role).toArray()));
      insert.setArray(6, connection.createArrayOf("uuid", people.stream().map(row -> row.contactId).toArray()));
      insert.setArray(7, connection.createArrayOf("timestamptz",
          people.stream().map(row -> row.createdAt.atOffset(ZoneOffset.UTC)).toArray()));
      insert.setArray(8, connection.createArrayOf("boolean", people.stream().map(row -> row.inferred).toArray()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Participants could not be written", e);
    }
  }
}
