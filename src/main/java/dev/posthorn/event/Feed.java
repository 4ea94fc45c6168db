package dev.posthorn.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The current tenant's events in the order in which they are told, each once: that of the transactions that wrote them. What a
/// running transaction may still come before is not told yet.
@ApplicationScoped
public class Feed {
  private static final String NEW = " and tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final ObjectMapper json;

  Feed(DataSource dataSource, CurrentTenant tenant, ObjectMapper json) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.json = json;
  }

  /// A place behind an event.
  ///
  /// @param tx the transaction that wrote it
  public record Place(long tx, UUID eventId) {
    private static final UUID NO_ID = new UUID(0, 0);

    /// Where nothing was told yet.
    public static final Place BEGINNING = new Place(0, NO_ID);

    /// As [#toString] wrote it.
    public static Optional<Place> parse(String text) {
      int dot = text.indexOf('.');
      try {
        return dot < 1 ? Optional.empty() : Optional.of(new Place(Long.parseLong(text.substring(0, dot)), UUID.fromString(text.substring(dot + 1))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return tx + "." + eventId;
    }
  }

  /// An event as it is told.
  ///
  /// @param ticketId null where it belongs to none
  public record Told(Place place, UUID id, String kind, UUID ticketId, String actorKind, UUID actorId, Map<String, Object> data, Instant at) {}

  /// The place where everything that can be told now has been.
  @Transactional
  public Place end() {
    var last = read("select " + FIELDS + " from event where tenant_id = ?" + NEW + " order by tx desc, id desc limit 1", null, 1);
    return last.isEmpty() ? Place.BEGINNING : last.getFirst().place();
  }

  /// What comes behind a place.
  @Transactional
  public List<Told> after(Place place, int atMost) {
    return read("select " + FIELDS + " from event where tenant_id = ? and (tx, id) > (?, ?)" + NEW + " order by tx, id limit ?", place, atMost);
  }

  /// Whether anything does.
  @Transactional
  public boolean hasNews(Place place) {
    return !after(place, 1).isEmpty();
  }

  /// One event, if the tenant has it.
  @Transactional
  public Optional<Told> find(UUID id) {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("select " + FIELDS + " from event where tenant_id = ? and id = ?")) {
      select.setObject(1, tenant.value());
      select.setObject(2, id);
      return told(select.executeQuery()).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("An event could not be read", e);
    }
  }

  private static final String FIELDS = "tx, id, kind, ticket_id, actor_kind, actor_id, data, at";

  private List<Told> read(String sql, Place place, int atMost) {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement(sql)) {
      select.setObject(1, tenant.value());
      if (place != null) {
        select.setLong(2, place.tx);
        select.setObject(3, place.eventId);
        select.setInt(4, atMost);
      }
      return told(select.executeQuery());
    } catch (SQLException e) {
      throw new IllegalStateException("Events could not be read", e);
    }
  }

  private List<Told> told(ResultSet rows) throws SQLException {
    var told = new ArrayList<Told>();
    while (rows.next()) {
      var id = rows.getObject(2, UUID.class);
      told.add(new Told(new Place(rows.getLong(1), id), id, rows.getString(3), rows.getObject(4, UUID.class), rows.getString(5),
          rows.getObject(6, UUID.class), data(rows.getString(7)), rows.getObject(8, OffsetDateTime.class).toInstant()));
    }
    return told;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> data(String text) {
    try {
      return json.readValue(text, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The data of an event is no JSON", e);
    }
  }
}
