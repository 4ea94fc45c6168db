package dev.posthorn.search;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// What is found by which words: a row for each message and comment. It comes by itself when one is written (a trigger), and
/// its words are read later, so that filing mail does not wait for it.
@ApplicationScoped
public class SearchIndex {
  /// PostgreSQL holds a million in one vector.
  private static final int MAX_BYTES = 800_000;

  private final DataSource dataSource;
  private final Across across;
  private final CurrentTenant tenant;
  private final SearchConfig config;

  SearchIndex(DataSource dataSource, Across across, CurrentTenant tenant, SearchConfig config) {
    this.dataSource = dataSource;
    this.across = across;
    this.tenant = tenant;
    this.config = config;
  }

  /// A message or comment whose words are to be read.
  public record Unread(TenantId tenant, UUID id) {}

  /// One of them, of the current tenant.
  public record Entry(UUID id, UUID ticketId, boolean isComment) {}

  /// A ticket that has the words asked for.
  ///
  /// @param lastMessageAt null where the order is that of the tickets' making
  public record Match(UUID ticketId, Instant lastMessageAt) {}

  /// What is not there any more is not found, in the running transaction.
  public void forget(UUID id) {
    try (var connection = dataSource.getConnection();
        var delete = connection.prepareStatement("delete from search_entry where tenant_id = ? and id = ?")) {
      delete.setObject(1, tenant.value());
      delete.setObject(2, id);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("What is found by words could not be forgotten", e);
    }
  }

  /// Over all tenants, oldest first.
  public List<Unread> unread() {
    return across.find(Unread::new, "select tenant_id, id from unread_search_entries(?)", config.batch());
  }

  /// Those of them that nobody else is reading, locked until the end of the transaction.
  public List<Entry> lock(Collection<UUID> ids) {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("""
            select id, ticket_id, kind from search_entry
            where tenant_id = ? and id = any (?) and words is null order by id for update skip locked""")) {
      select.setObject(1, tenant.value());
      select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
      var rows = select.executeQuery();
      var entries = new ArrayList<Entry>();
      while (rows.next()) {
        entries.add(new Entry(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class), rows.getString(3).equals("comment")));
      }
      return entries;
    } catch (SQLException e) {
      throw new IllegalStateException("What is to be read could not be found", e);
    }
  }

  /// Keeps what an entry is found by from now on.
  ///
  /// @param texts the most important first: beyond the limits the rest is not found
  public void write(UUID id, String locale, Collection<String> texts) {
    var words = new HashSet<String>();
    var stems = Stems.of(Words.language(locale));
    int left = config.maxTextLength();
    for (var text : texts) {
      var read = text.length() <= left ? text : text.substring(0, left);
      Words.collect(read, stems, config.maxWords(), words);
      left -= read.length();
    }
    try (var connection = dataSource.getConnection();
        var update = connection.prepareStatement("update search_entry set words = array_to_tsvector(?) where tenant_id = ? and id = ?")) {
      update.setArray(1, connection.createArrayOf("text", marked(words)));
      update.setObject(2, tenant.value());
      update.setObject(3, id);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Words could not be kept", e);
    }
  }

  private Object[] marked(Set<String> words) {
    var mark = mark();
    var kept = new ArrayList<String>();
    int bytes = 0;
    for (var word : words) {
      bytes += mark.length() + word.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      kept.add(mark + word);
    }
    return kept.toArray();
  }

  /// The last digits of the tenant's id, which are random: two tenants that share them are told apart by their rows.
  private String mark() {
    var id = tenant.value().toString();
    return id.substring(id.length() - 6);
  }

  /// The current tenant's tickets that have the words, newest first.
  ///
  /// @param byLastMessage in the order of their last messages, not of their making
  /// @param after the last one known; null to begin
  public List<Match> matches(Question question, boolean byLastMessage, Match after, int atMost) {
    try (var connection = dataSource.getConnection();
        var call = connection.prepareStatement("select id, last_message_at from tickets_with_words(?::tsquery, ?, ?, ?, ?)")) {
      call.setString(1, question.toQuery(mark()));
      call.setBoolean(2, byLastMessage);
      call.setObject(3, after == null || after.lastMessageAt == null ? null : after.lastMessageAt.atOffset(ZoneOffset.UTC));
      call.setObject(4, after == null ? null : after.ticketId);
      call.setInt(5, atMost);
      var rows = call.executeQuery();
      var matches = new ArrayList<Match>();
      while (rows.next()) {
        var at = rows.getObject(2, OffsetDateTime.class);
        matches.add(new Match(rows.getObject(1, UUID.class), at == null ? null : at.toInstant()));
      }
      return matches;
    } catch (SQLException e) {
      throw new IllegalStateException("Tickets could not be looked for", e);
    }
  }
}
