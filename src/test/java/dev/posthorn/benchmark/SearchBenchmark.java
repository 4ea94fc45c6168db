package dev.posthorn.benchmark;

import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Lists and searches over very many tickets of one tenant, as the application asks for them. Says how
/// long each answer takes, page and JSON included, and asserts nothing about time.
@Tag("benchmark")
class SearchBenchmark {
  private static final int TICKETS = Integer.getInteger("posthorn.benchmark.tickets", 1_000_000);
  private static final int ROUNDS = 20;

  /// A word in every ticket, in one of ten, of a thousand, of a hundred thousand.
  private static final Map<String, String> QUESTIONS = Map.of("in every ticket", "tickets?q=heating", "in every tenth", "tickets?q=tenth",
      "in every thousandth", "tickets?q=thousandth", "two words, in ten tickets", "tickets?q=tenth%20rare", "nowhere", "tickets?q=zeppelin",
      "in every tenth, by last message", "tickets?q=tenth&sort=lastMessageAt", "in every tenth, unanswered", "tickets?q=tenth&unanswered=true",
      "no words: newest", "tickets", "no words: unanswered", "tickets?unanswered=true", "no words: by last message", "tickets?sort=lastMessageAt");

  @Test
  void fiftyOfVeryManyTickets() throws Exception {
    var rows = Rows.fresh("benchmark_search");
    try (var node = Node.plan("benchmark_search", 1).set("posthorn.search.enabled", "false")
        .set("posthorn.web.rate-limit.per-minute", "1000000").set("posthorn.web.rate-limit.burst", "1000000").start("benchmark-search")) {
      var office = Office.found(node, "search");
      fill(rows, office.address());
      for (var question : QUESTIONS.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
        var path = "/api/v1/" + question.getValue();
        var found = office.get(node, path).get("items").size();
        var times = new double[ROUNDS];
        server("select pg_stat_statements_reset()");
        long scans = scans(rows);
        for (int round = 0; round < ROUNDS; round++) {
          long start = System.nanoTime();
          office.get(node, path);
          times[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "BENCHMARK search: %-34s %3d tickets on the page, %6.1f ms median, %6.1f ms longest, by HTTP; %6.2f ms of database time each,"
                + " %d whole tables read%n",
            question.getKey(), found, times[ROUNDS / 2], times[ROUNDS - 1], spent() / ROUNDS,
            scans(rows) - scans);
      }
      node.stop();
    }
  }

  /// Milliseconds in the database for what was asked of tickets since the counts were reset: what workers look for is none of it.
  private static double spent() throws SQLException {
    return server("select coalesce(sum(total_exec_time), 0) from pg_stat_statements s join pg_database d on d.oid = s.dbid where d.datname = 'benchmark_search'"
        + " and query ~ 'ticket' and query !~ 'claim_|due_|unread_|_backlog|pg_stat'");
  }

  /// How often a table of tickets or words was read from end to end.
  private static long scans(Rows rows) {
    return rows.number("select sum(seq_scan) from pg_stat_user_tables where relname in ('ticket', 'search_entry')");
  }

  private static double server(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + TestDatabase.port() + "/postgres", "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_stat_statements");
      var row = statement.executeQuery(sql);
      row.next();
      return sql.startsWith("select pg_stat") ? 0 : row.getDouble(1);
    }
  }

  /// A ticket and the words of its message for each number, with the keys of the tenant's own rows.
  private static void fill(Rows rows, String address) {
    for (var sql : List.of("""
        create temporary table place as
          select c.tenant_id, c.id channel_id, c.team_id, q.id queue_id, p.id priority_id, right(c.tenant_id::text, 6) mark
          from inbound_channel c join queue q using (tenant_id) join priority p using (tenant_id) where c.address = '%s' and p.is_default limit 1;
        create temporary table made as select g number, uuidv7(make_interval(secs => g - %d)) ticket_id, uuidv7(make_interval(secs => g - %d)) message_id,
          now() + make_interval(secs => g - %d) as moment from generate_series(1, %d) g;
        insert into contact (tenant_id, id, name, created_at, updated_at) select tenant_id, tenant_id, 'Anna', now(), now() from place;
        insert into ticket (tenant_id, id, number, subject, status, status_kind, priority_id, queue_id, team_id, contact_id, inbound_channel_id,
            last_message_at, unanswered, created_at, updated_at)
          select tenant_id, ticket_id, number, 'Heating ' || number, 'new', 'new', priority_id, queue_id, team_id, tenant_id, channel_id,
            moment + make_interval(secs => number %% 977 * 1000), number %% 3 = 0, moment, moment from made, place;
        insert into search_entry (tenant_id, id, ticket_id, kind, words)
          select tenant_id, message_id, ticket_id, 'message', array_to_tsvector(array_remove(array[mark || 'heating', mark || number,
            mark || 'w' || number %% 5003, mark || 'w' || number %% 7001, mark || 'w' || number %% 9001, mark || 'w' || number %% 20011,
            mark || 'v' || number %% 50021, mark || 'v' || number %% 70001, mark || 'common' || number %% 7, mark || 'common' || number %% 11,
            case when number %% 10 = 0 then mark || 'tenth' end, case when number %% 1000 = 0 then mark || 'thousandth' end,
            case when number %% 100000 = 0 then mark || 'rare' end], null)) from made, place""".formatted(address, TICKETS, TICKETS, TICKETS, TICKETS), "vacuum analyze")) {
      rows.execute(sql);
    }
  }
}
