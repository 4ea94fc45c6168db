package dev.posthorn.benchmark;

import dev.posthorn.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The machine's limit to compare with: what a mail leaves in the database, written by plain SQL, one transaction a mail,
/// over the same tables with the same keys and indexes, by the owner (no row-level security), with numbers from memory (no
/// counter row), and nothing parsed or listened to.
final class PlainTransactions {
  private static final int CLIENTS = 16;

  private final String database;
  private final Ids ids;
  private final AtomicLong number = new AtomicLong(1_000_000);

  /// The rows of the tenant that new rows refer to.
  record Ids(UUID tenant, UUID channel, UUID queue, UUID team, UUID priority) {}

  PlainTransactions(String database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// @return transactions per second
  double run(int mails) throws Exception {
    var left = new AtomicInteger(mails);
    List<Callable<Void>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      clients.add(() -> client(left));
    }
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      long start = System.nanoTime();
      for (var done : threads.invokeAll(clients)) {
        done.get();
      }
      return mails / ((System.nanoTime() - start) / 1e9);
    }
  }

  private Void client(AtomicInteger left) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + TestDatabase.port() + "/" + database,
        "posthorn_owner", "posthorn_owner")) {
      connection.setAutoCommit(false);
      var statements = new Statements(connection);
      while (left.getAndDecrement() > 0) {
        statements.mail(ids, number.incrementAndGet());
        connection.commit();
      }
      return null;
    }
  }

  /// The twelve statements of one mail: a row in every table in which it leaves one.
  private static final class Statements {
    private static final byte[] BYTES = new byte[5_000];
    private static final String TEXT = "x".repeat(4_500);

    private final PreparedStatement mail;
    private final PreparedStatement blob;
    private final PreparedStatement known;
    private final PreparedStatement contact;
    private final PreparedStatement email;
    private final PreparedStatement ticket;
    private final PreparedStatement message;
    private final PreparedStatement participant;
    private final PreparedStatement ref;
    private final PreparedStatement budget;
    private final PreparedStatement event;
    private final PreparedStatement settle;

    Statements(Connection c) throws SQLException {
      mail = c.prepareStatement("""
          insert into inbound_mail (tenant_id, id, channel_id, source_key, sha256, size, envelope_from, envelope_to, remote_address,
            helo, received_at, state, due_at) values (?, ?, ?, ?, ?, 5000, 'a@b.example', 'c@d.example', '127.0.0.1', 'h', now(), 'pending', now())""");
      blob = c.prepareStatement("insert into blob values (?, ?, 0, 5000, ?, now())");
      known = c.prepareStatement("select ticket_id from thread_ref where tenant_id = ? and ref = ?");
      contact = c.prepareStatement("insert into contact (tenant_id, id, name, created_at, updated_at) values (?, ?, 'A', now(), now())");
      email = c.prepareStatement("insert into contact_email values (?, ?, ?, 0)");
      ticket = c.prepareStatement("""
          insert into ticket (tenant_id, id, number, subject, status, status_kind, priority_id, queue_id, team_id, contact_id,
            inbound_channel_id, last_message_at, unanswered, created_at, updated_at)
          values (?, ?, ?, 'S', 'new', 'new', ?, ?, ?, ?, ?, now(), true, now(), now())""");
      message = c.prepareStatement("""
          insert into message (tenant_id, id, ticket_id, direction, channel, from_name, from_address, parties, subject, message_id,
            received_at, text, new_text, sha256, size, inbound_mail_id, created_at)
          values (?, ?, ?, 'inbound', 'email', 'A', 'a@b.example', '{}', 'S', ?, now(), ?, 'x', ?, 5000, ?, now())""");
      participant = c.prepareStatement("insert into participant values (?, ?, ?, 'A', 'requester', ?, now(), false)");
      ref = c.prepareStatement("insert into thread_ref values (?, ?, ?, true, now())");
      budget = c.prepareStatement("""
          insert into budget (tenant_id, id, kind, key, channel_id, address, subject, ticket_id, since, spent, last_at)
          values (?, ?, 'loop', ?, ?, ?, 'S', ?, now(), 1, now())""");
      event = c.prepareStatement("insert into event (tenant_id, id, kind, ticket_id, actor_kind, at) values (?, ?, 'ticket.opened', ?, 'contact', now())");
      settle = c.prepareStatement("update inbound_mail set state = 'ticketed', ticket_id = ?, message_id = ?, settled_at = now() where tenant_id = ? and id = ?");
    }

    void mail(Ids ids, long number) throws SQLException {
      var id = dev.posthorn.tenant.Ids.next();
      var contactId = dev.posthorn.tenant.Ids.next();
      var ticketId = dev.posthorn.tenant.Ids.next();
      var messageId = dev.posthorn.tenant.Ids.next();
      var hash = (id.toString() + contactId).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
      run(mail, ids.tenant, id, ids.channel, id.toString(), hash);
      run(blob, ids.tenant, hash, BYTES);
      run(known, ids.tenant, id);
      run(contact, ids.tenant, contactId);
      run(email, ids.tenant, id + "@b.example", contactId);
      run(ticket, ids.tenant, ticketId, number, ids.priority, ids.queue, ids.team, contactId, ids.channel);
      run(message, ids.tenant, messageId, ticketId, id + "@b.example", TEXT, hash, id);
      run(participant, ids.tenant, ticketId, id + "@b.example", contactId);
      run(ref, ids.tenant, UUID.randomUUID(), ticketId);
      run(budget, ids.tenant, dev.posthorn.tenant.Ids.next(), id + " loop", ids.channel, id + "@b.example", ticketId);
      run(event, ids.tenant, dev.posthorn.tenant.Ids.next(), ticketId);
      run(settle, ticketId, messageId, ids.tenant, id);
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
