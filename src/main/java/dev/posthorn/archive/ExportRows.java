package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.archive.Lines.CommentLine;
import dev.posthorn.archive.Lines.ContactLine;
import dev.posthorn.archive.Lines.MailLine;
import dev.posthorn.archive.Lines.Person;
import dev.posthorn.archive.Lines.TicketLine;
import dev.posthorn.mail.Sha256;
import dev.posthorn.privacy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Reads what an export is made of, a little at a time, each in a transaction of its own.
@ApplicationScoped
class ExportRows {
  private static final String CONTACTS = """
      select c.id, c.name, c.type, c.vip, c.registered, c.language, c.external_id,
        array(select e.address from contact_email e where e.tenant_id = c.tenant_id and e.contact_id = c.id order by e.position),
        array(select p.number from contact_phone p where p.tenant_id = c.tenant_id and p.contact_id = c.id order by p.position)
      from contact c where c.tenant_id = ? and c.id > ? order by c.id limit ?""";

  private static final String TICKETS = """
      select t.id, t.number, t.subject, t.status, t.status_kind, q.name, m.name, t.created_at, t.closed_at, p.name, p.address,
        array(select g.tag from ticket_tag g where g.tenant_id = t.tenant_id and g.ticket_id = t.id order by g.tag)
      from ticket t join queue q on q.tenant_id = t.tenant_id and q.id = t.queue_id join team m on m.tenant_id = t.tenant_id and m.id = t.team_id
      left join lateral (select name, address from participant where tenant_id = t.tenant_id and ticket_id = t.id and role = 'requester' limit 1) p on true
      where t.tenant_id = ? and t.id > ? and t.merged_into_id is null order by t.id limit ?""";

  private static final String MAILS = """
      select m.id, m.direction, m.message_id, m.from_name, m.from_address, m.parties::text, m.subject, coalesce(m.sent_at, m.received_at), m.text, m.html, m.sha256,
        m.raw_gone_at is not null or i.raw_gone_at is not null or o.raw_gone_at is not null
      from message m left join inbound_mail i on i.tenant_id = m.tenant_id and i.id = m.inbound_mail_id
      left join outbound_mail o on o.tenant_id = m.tenant_id and o.id = m.outbound_mail_id
      where m.tenant_id = ? and m.ticket_id = ? order by m.id""";

  private static final String COMMENTS = """
      select c.id, a.name, c.text, c.created_at from comment c left join agent a on a.tenant_id = c.tenant_id and a.id = c.agent_id
      where c.tenant_id = ? and c.ticket_id = ? order by c.id""";

  private final Statements statements;
  private final ObjectMapper json;

  ExportRows(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /// A message, and where its bytes are.
  ///
  /// @param raw null where they are not kept any more
  record Mail(MailLine line, Sha256 raw) {}

  /// A ticket with everything in it.
  record Exported(TicketLine line, List<Mail> mails) {}

  @Transactional
  List<ContactLine> contacts(UUID after, int atMost) {
    return statements.read(CONTACTS, row -> new ContactLine(row.getObject(1, UUID.class), row.getString(2), texts(row, 8), texts(row, 9), row.getString(3),
        row.getBoolean(4), row.getBoolean(5), row.getString(6), row.getString(7)), after, atMost);
  }

  @Transactional
  List<Exported> tickets(UUID after, int atMost) {
    return statements.read(TICKETS, ExportRows::ticket, after, atMost).stream().map(this::whole).toList();
  }

  private static TicketLine ticket(ResultSet row) throws SQLException {
    return new TicketLine(row.getObject(1, UUID.class), row.getLong(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6), row.getString(7),
        row.getString(11) == null ? null : new Person(row.getString(10), row.getString(11)), texts(row, 12), time(row, 8), time(row, 9), List.of(), List.of());
  }

  private Exported whole(TicketLine ticket) {
    var mails = statements.read(MAILS, this::mail, ticket.id());
    var comments = statements.read(COMMENTS, row -> new CommentLine(row.getObject(1, UUID.class), row.getString(2), row.getString(3), time(row, 4)), ticket.id());
    return new Exported(new TicketLine(ticket.id(), ticket.number(), ticket.subject(), ticket.status(), ticket.statusKind(), ticket.queue(), ticket.team(),
        ticket.requester(), ticket.tags(), ticket.createdAt(), ticket.closedAt(), mails.stream().map(Mail::line).toList(), comments), mails);
  }

  private Mail mail(ResultSet row) throws SQLException {
    var id = row.getObject(1, UUID.class);
    boolean gone = row.getBoolean(12);
    return new Mail(new MailLine(id, row.getString(2), row.getString(3), new Person(row.getString(4), row.getString(5)), people(row.getString(6), "to"),
        people(row.getString(6), "cc"), row.getString(7), time(row, 8), row.getString(9), row.getString(10), gone ? null : "mails/" + id + ".eml"),
        gone ? null : Sha256.of(row.getBytes(11)));
  }

  private List<Person> people(String parties, String kind) {
    try {
      var people = new ArrayList<Person>();
      json.readTree(parties).path(kind).forEach(party -> people.add(new Person(party.path("name").asText(), party.path("address").asText())));
      return people;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The people of a message are no JSON", e);
    }
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
