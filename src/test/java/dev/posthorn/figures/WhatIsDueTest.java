package dev.posthorn.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody is woken for, and what pods are added for, as the database counts it: work that waits for us, not what is held, put off by
/// others or given up.
class WhatIsDueTest {
  private static final String DATABASE = "what_is_due";
  private static final UUID TENANT = UUID.fromString("0190d8a0-0000-7000-8000-000000000001");

  private Connection database;

  @BeforeAll
  static void migrated() {
    Rows.fresh(DATABASE);
    Flyway.configure().dataSource(url(), "posthorn_owner", "posthorn_owner").placeholders(Map.of("appRole", "posthorn_app")).load().migrate();
  }

  private static String url() {
    return TestDatabase.config(DATABASE).get("quarkus.datasource.jdbc.url");
  }

  /// One transaction a test, and rows without those that they belong to.
  @BeforeEach
  void begin() throws SQLException {
    database = DriverManager.getConnection(url(), "postgres", "postgres");
    database.setAutoCommit(false);
    run("set local session_replication_role = replica");
  }

  @AfterEach
  void end() throws SQLException {
    database.rollback();
    database.close();
  }

  private void run(String sql) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String sql) throws SQLException {
    try (var statement = database.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void inbound(String state, String received, String due) throws SQLException {
    run("""
        insert into inbound_mail (tenant_id, id, channel_id, source_key, sha256, size, envelope_from, envelope_to, remote_address, helo, received_at, state, due_at)
        values ('%s', gen_random_uuid(), gen_random_uuid(), gen_random_uuid()::text, '', 1, '', '', '', '', now() - interval '%s', '%s', %s)"""
        .formatted(TENANT, received, state, due));
  }

  private void outbound(String state, String created, String due) throws SQLException {
    run("""
        insert into outbound_mail (tenant_id, id, message_id, sha256, size, envelope_from, state, due_at, created_at)
        values ('%s', gen_random_uuid(), gen_random_uuid()::text, '', 1, '', '%s', now() + interval '%s', now() - interval '%s')"""
        .formatted(TENANT, state, due, created));
  }

  private void mailbox(String state, String lastSuccess) throws SQLException {
    var id = UUID.randomUUID();
    run("""
        insert into mailbox (tenant_id, id, kind, name, address, team_id, secret_id, folder, process_incoming, after_import, unread_only, keep_sent,
          since, connected_at, created_at, updated_at)
        values ('%s', '%s', 'imap', '%2$s', '%2$s', gen_random_uuid(), gen_random_uuid(), 'INBOX', true, 'none', false, false,
          now(), now(), now() - interval '3 hours', now())""".formatted(TENANT, id));
    run("insert into mailbox_pull (tenant_id, mailbox_id, active, state, due_at, last_success_at) values ('%s', '%s', true, '%s', now(), %s)"
        .formatted(TENANT, id, state, lastSuccess));
  }

  private static final String INBOUND = "select waiting || ' ' || coalesce(round(extract(epoch from now() - oldest) / 60), 0) from inbound_mail_backlog()";
  private static final String OUTBOUND = "select waiting || ' ' || coalesce(round(extract(epoch from now() - oldest) / 60), 0) from outbound_mail_backlog()";
  private static final String DEFERRED = "select waiting || ' ' || coalesce(round(extract(epoch from now() - oldest) / 60), 0) from deferred_outbound_mail()";
  private static final String MAILBOXES = """
      select coalesce(string_agg(state || ' ' || mailboxes || ' ' || coalesce(round(extract(epoch from now() - oldest_success) / 60)::text, '-'), ', ' order by state), '')
      from mailbox_figures()""";

  @Test
  void heldMailWakesNobodyAndIsCountedApart() throws SQLException { // EH-01
    inbound("pending", "5 days", "timestamptz '9999-01-01 00:00:00+00'");
    inbound("pending", "10 minutes", "now()");
    inbound("ticketed", "9 days", "now()");

    assertThat(one(INBOUND)).isEqualTo("1 10");
    assertThat(one("select held_inbound_mail()")).isEqualTo("1");
  }

  @Test
  void mailThatIsTriedAgainLaterWaitsStill() throws SQLException {
    inbound("pending", "20 minutes", "now() + interval '10 minutes'");

    assertThat(one(INBOUND)).isEqualTo("1 20");
  }

  @Test
  void whatAnotherServerPutsOffIsNotDueAndHasItsOwnFigure() throws SQLException {
    outbound("deferred", "90 hours", "20 minutes");

    assertThat(one(OUTBOUND)).isEqualTo("0 0");
    assertThat(one(DEFERRED)).isEqualTo("1 5400");
  }

  @Test
  void mailThatNobodySendsIsAsOldAsItIsDue() throws SQLException {
    outbound("queued", "70 minutes", "-70 minutes");
    outbound("deferred", "90 hours", "-2 minutes");
    outbound("queued", "3 days", "1 day");
    outbound("sent", "9 days", "-9 days");

    assertThat(one(OUTBOUND)).isEqualTo("2 70");
  }

  @Test
  void aMailboxThatWaitsForItsOwnerIsNotTheOneThatStandsStill() throws SQLException { // P-03
    mailbox("needs-reauthorization", "now() - interval '40 days'");
    mailbox("connected", "now() - interval '5 minutes'");

    assertThat(one(MAILBOXES)).isEqualTo("connected 1 5, needs-reauthorization 1 -");
  }

  @Test
  void aMailboxThatWasNeverReadCountsFromWhenItWasMade() throws SQLException {
    mailbox("failing", "null");

    assertThat(one(MAILBOXES)).isEqualTo("failing 1 180");
  }

  @Test
  void neitherIsToldByNameAsOneThatLagsBehind() throws SQLException {
    mailbox("needs-reauthorization", "now() - interval '40 days'");
    inbound("pending", "5 days", "timestamptz '9999-01-01 00:00:00+00'");
    assertThat(one("select count(*) from laggards(20)")).isEqualTo("0");

    mailbox("failing", "now() - interval '1 day'");
    inbound("pending", "5 minutes", "now()");
    assertThat(one("select string_agg(what, ' ' order by what) from laggards(20)")).isEqualTo("channel mailbox");
  }

  @Test
  void theApplicationMayAsk() throws SQLException {
    run("set local role posthorn_app");

    for (var question : List.of(INBOUND, OUTBOUND, DEFERRED, "select held_inbound_mail()", "select count(*) from mailbox_figures()")) {
      assertThat(one(question)).isNotEmpty();
    }
  }
}
