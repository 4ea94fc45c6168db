package dev.posthorn.stats;

import dev.posthorn.stats.StatsView.Figures;
import dev.posthorn.stats.StatsView.Item;
import dev.posthorn.stats.StatsView.Times;
import dev.posthorn.stats.StatsView.Wanted;
import dev.posthorn.team.LedTeams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Counts. Each question is one walk over an index by time; a lead's figures are those of the teams led.
@ApplicationScoped
class Stats {
  private static final Duration SLACK = Duration.ofHours(1);
  private static final String OPEN = "t.status_kind in ('new', 'open', 'waiting')";

  private final EntityManager entities;
  private final LedTeams led;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final StatsConfig config;
  private final Clock clock;

  Stats(EntityManager entities, LedTeams led, Tenants tenants, CurrentTenant current, StatsConfig config, Clock clock) {
    this.entities = entities;
    this.led = led;
    this.tenants = tenants;
    this.current = current;
    this.config = config;
    this.clock = clock;
  }

  /// What was found of a group, or of all.
  private record Found(String key, boolean total, long count, Times times) {}

  @Transactional
  StatsView of(String from, String to, Dimension by, Wanted wanted) {
    var zone = ZoneId.of(tenants.findById(current.value()).timeZone);
    var span = Span.of(from, to, zone, clock.instant(), config.maxDays());
    var opened = tickets("created_at", by, span, wanted);
    var reacted = tickets("reacted_at", by, span, wanted);
    var ended = tickets("ended_at", by, span, wanted);
    var received = messages("inbound", by, span, wanted);
    var sent = messages("outbound", by, span, wanted);
    var left = by == Dimension.DAY ? leftByDay(span, wanted) : left(by, wanted);
    Function<String, Figures> figures = key -> new Figures(count(opened, key), count(received, key), count(sent, key), times(reacted, key), times(ended, key),
        left.getOrDefault(key, 0L));
    var total = new Figures(total(opened).count, total(received).count, total(sent).count, total(reacted).times, total(ended).times,
        left.getOrDefault(by == Dimension.DAY ? span.to().toString() : null, 0L));
    if (by == Dimension.DAY) {
      return new StatsView(span.from(), span.to(), zone.getId(), by.word(), total,
          span.from().datesUntil(span.to().plusDays(1)).map(LocalDate::toString).map(day -> new Item(day, null, figures.apply(day))).toList());
    }
    var sum = new Figures(total.opened(), total.received(), total.sent(), total.reaction(), total.completion(), left.values().stream().mapToLong(count -> count).sum());
    var keys = new HashSet<String>(left.keySet());
    List.of(opened, reacted, ended, received, sent).forEach(list -> list.stream().filter(one -> !one.total).map(Found::key).forEach(keys::add));
    var names = names(by);
    var items = keys.stream().map(key -> new Item(key, names.get(key), figures.apply(key)))
        .sorted(Comparator.comparing((Item item) -> -item.figures().opened()).thenComparing(item -> String.valueOf(item.key()))).limit(config.maxGroups()).toList();
    return new StatsView(span.from(), span.to(), zone.getId(), by.word(), sum, items);
  }

  private List<Found> tickets(String time, Dimension by, Span span, Wanted wanted) {
    var column = "t." + time;
    boolean byId = time.equals("created_at");
    var sql = grouped("select " + by.key(column) + " as k, extract(epoch from " + column + " - t.created_at) as s"
        + " from ticket t where t.tenant_id = current_tenant() and " + column + " >= :begins and " + column + " < :ends"
        + (byId ? " and t.id >= :first and t.id < :last" : "") + conditions(wanted));
    var query = entities.createNativeQuery(sql, Tuple.class);
    return found(bound(byId ? between(query, span) : query, by, span, wanted));
  }

  private List<Found> messages(String direction, Dimension by, Span span, Wanted wanted) {
    var sql = grouped("select " + by.keyOfMessages() + " as k, 0 as s from message m join ticket t on t.tenant_id = m.tenant_id and t.id = m.ticket_id"
        + " where m.tenant_id = current_tenant() and m.direction = '" + direction + "' and m.classification = 'ordinary'"
        + " and m.id >= :first and m.id < :last and m.created_at >= :begins and m.created_at < :ends" + conditions(wanted));
    return found(bound(between(entities.createNativeQuery(sql, Tuple.class), span), by, span, wanted));
  }

  /// By group, and of all together.
  private static String grouped(String rows) {
    return "select k, grouping(k) as g, count(*) as n, avg(s) as a, percentile_cont(0.5) within group (order by s) as p50,"
        + " percentile_cont(0.9) within group (order by s) as p90 from (" + rows + ") one group by grouping sets ((k), ())";
  }

  /// Ids are as old as their rows, but for the time that a transaction takes: so the key finds them.
  private static Query between(Query query, Span span) {
    return query.setParameter("first", Ids.before(span.begins().minus(SLACK))).setParameter("last", Ids.before(span.ends().plus(SLACK)));
  }

  /// What is left now.
  private Map<String, Long> left(Dimension by, Wanted wanted) {
    var query = entities.createNativeQuery("select " + by.key("") + " as k, count(*) as n from ticket t where t.tenant_id = current_tenant() and " + OPEN
        + conditions(wanted) + " group by 1", Tuple.class);
    var left = new HashMap<String, Long>();
    rows(bound(query, wanted)).forEach(row -> left.put(row.get("k", String.class), number(row, "n")));
    return left;
  }

  /// What was left at the end of each day: from what is left now back, day by day, by what came and what ended since.
  private Map<String, Long> leftByDay(Span span, Wanted wanted) {
    var today = LocalDate.ofInstant(clock.instant(), span.zone());
    var since = new Span(span.from(), span.to().isAfter(today) ? span.to() : today, span.zone());
    var opened = perDay(tickets("created_at", Dimension.DAY, since, wanted));
    var ended = perDay(tickets("ended_at", Dimension.DAY, since, wanted));
    long left = ((Number) bound(entities.createNativeQuery("select count(*) from ticket t where t.tenant_id = current_tenant() and " + OPEN + conditions(wanted)), wanted)
        .getSingleResult()).longValue();
    var days = new LinkedHashMap<String, Long>();
    for (var day = since.to(); !day.isBefore(span.from()); day = day.minusDays(1)) {
      days.put(day.toString(), left);
      left += ended.getOrDefault(day.toString(), 0L) - opened.getOrDefault(day.toString(), 0L);
    }
    return days;
  }

  private static Map<String, Long> perDay(List<Found> found) {
    var days = new HashMap<String, Long>();
    found.stream().filter(one -> !one.total).forEach(one -> days.put(one.key, one.count));
    return days;
  }

  private String conditions(Wanted wanted) {
    return (wanted.queueId() == null ? "" : " and t.queue_id = :queue") + (wanted.teamId() == null ? "" : " and t.team_id = :team")
        + (wanted.agentId() == null ? "" : " and t.assignee_id = :agent") + (wanted.channelId() == null ? "" : " and t.inbound_channel_id = :channel")
        + (led.bounds().isEmpty() ? "" : " and t.team_id = any (:led)");
  }

  private Query bound(Query query, Dimension by, Span span, Wanted wanted) {
    if (by == Dimension.DAY) {
      query.setParameter("zone", span.zone().getId());
    }
    return bound(query.setParameter("begins", span.begins()).setParameter("ends", span.ends()), wanted);
  }

  private Query bound(Query query, Wanted wanted) {
    var values = new HashMap<String, Object>();
    values.put("queue", wanted.queueId());
    values.put("team", wanted.teamId());
    values.put("agent", wanted.agentId());
    values.put("channel", wanted.channelId());
    values.values().removeIf(value -> value == null);
    led.bounds().ifPresent(teams -> values.put("led", teams.toArray(UUID[]::new)));
    values.forEach(query::setParameter);
    return query;
  }

  private static List<Tuple> rows(Query query) {
    List<?> rows = query.getResultList();
    return rows.stream().map(Tuple.class::cast).toList();
  }

  private static List<Found> found(Query query) {
    return rows(query).stream().map(row -> new Found(row.get("k", String.class), number(row, "g") == 1, number(row, "n"),
        new Times(number(row, "n"), seconds(row, "a"), seconds(row, "p50"), seconds(row, "p90")))).toList();
  }

  private static long number(Tuple row, String name) {
    return ((Number) row.get(name)).longValue();
  }

  private static Long seconds(Tuple row, String name) {
    return row.get(name) == null ? null : Math.round(((Number) row.get(name)).doubleValue());
  }

  private static Found total(List<Found> found) {
    return found.stream().filter(Found::total).findFirst().orElseGet(() -> new Found(null, true, 0, Times.NONE));
  }

  private static Optional<Found> one(List<Found> found, String key) {
    return found.stream().filter(one -> !one.total && Objects.equals(one.key, key)).findFirst();
  }

  private static long count(List<Found> found, String key) {
    return one(found, key).map(Found::count).orElse(0L);
  }

  private static Times times(List<Found> found, String key) {
    return one(found, key).map(Found::times).orElse(Times.NONE);
  }

  private Map<String, String> names(Dimension by) {
    var names = new HashMap<String, String>();
    by.table().ifPresent(table -> rows(entities.createNativeQuery("select id::text as k, name as n from " + table + " where tenant_id = current_tenant()", Tuple.class))
        .forEach(row -> names.put(row.get("k", String.class), row.get("n", String.class))));
    return names;
  }
}
