package dev.posthorn.intake;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// The mails that came in, of the current tenant; and the claiming of due ones, over all tenants, by id alone.
@ApplicationScoped
public class InboundMails implements PanacheRepositoryBase<InboundMail, UUID> {
  /// What a worker may now work on: nobody else sees it before the lease ends.
  public record Claim(TenantId tenant, UUID id) {}

  /// @param waiting mails not yet settled, held ones aside
  /// @param oldest when the oldest of them came in
  /// @param held mails of teams that are switched off
  /// @param at when that was so
  public record Backlog(long waiting, Optional<Instant> oldest, long held, Instant at) {}

  /// After every mail, in a form that PostgreSQL and Java agree on.
  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private final DataSource dataSource;
  private final Across across;
  private final Clock clock;

  InboundMails(DataSource dataSource, Across across, Clock clock) {
    this.dataSource = dataSource;
    this.across = across;
    this.clock = clock;
  }

  /// Leases due mails of whatever tenants, oldest first, in a short transaction of its own.
  public List<Claim> claim(int atMost, Duration lease) {
    return across.find(Claim::new, "select tenant_id, id from claim_inbound_mail(?, make_interval(secs => ?), ?)", atMost, lease, clock.instant());
  }

  public Backlog backlog() {
    return QuarkusTransaction.requiringNew().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("select waiting, oldest, held_inbound_mail() from inbound_mail_backlog()");
          var row = call.executeQuery()) {
        return backlog(row);
      }
    });
  }

  private Backlog backlog(ResultSet row) throws SQLException {
    row.next();
    var oldest = row.getObject(2, OffsetDateTime.class);
    return new Backlog(row.getLong(1), Optional.ofNullable(oldest).map(OffsetDateTime::toInstant), row.getLong(3), clock.instant());
  }

  /// Those of them that still wait, in the order they came in.
  public List<InboundMail> pending(Collection<UUID> ids) {
    return stillPending(list("id in ?1 order by id", ids));
  }

  /// The same, locked until the end of the transaction.
  public List<InboundMail> lockPending(Collection<UUID> ids) {
    return stillPending(find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).list());
  }

  /// Asked by their ids alone: with the state, the database may walk through everything that waits to find some of it.
  private static List<InboundMail> stillPending(List<InboundMail> rows) {
    return rows.stream().filter(row -> InboundState.of(row.state) == InboundState.PENDING).toList();
  }

  /// Mails that rules were or could have been asked about, oldest first, by when they were stored.
  ///
  /// @param after  only those with a higher id
  /// @param before only those with a lower id
  public List<InboundMail> decided(UUID after, UUID before, int atMost) {
    return find("""
        id > ?1 and id < ?2 and rawGoneAt is null and (state = 'ticketed' or state = 'quarantined' or state = 'threaded' and reason <> 'already-filed'
          or state = 'ignored' and reason = 'rule') order by id""", after, before).page(0, atMost).list();
  }

  /// Newest first.
  ///
  /// @param state as [InboundState#word] says it; null for any, as the channel
  List<InboundMail> page(String state, UUID channelId, Cursor after, int atMost) {
    return selection(state, channelId).newestFirst(this, after, atMost);
  }

  long count(String state, UUID channelId) {
    return selection(state, channelId).count(this);
  }

  private static Selection selection(String state, UUID channelId) {
    return Selection.all().where("state = ?", state).where("channelId = ?", channelId);
  }

  /// How many mails came in by the channel in a span of time, by what became of them.
  ///
  /// @param from null for the beginning
  /// @param to not included; null for now
  Map<InboundState, Long> tally(UUID channelId, Instant from, Instant to) {
    return getEntityManager().createQuery("""
            select state, count(*) from InboundMail
            where channelId = :channel and receivedAt >= :from and receivedAt < :to
            group by state""", Tuple.class)
        .setParameter("channel", channelId)
        .setParameter("from", bounded(from, Instant.EPOCH))
        .setParameter("to", bounded(to, END))
        .getResultStream()
        .collect(Collectors.toMap(row -> InboundState.of(row.get(0, String.class)), row -> row.get(1, Long.class)));
  }

  /// Within what PostgreSQL can compare.
  private static Instant bounded(Instant time, Instant otherwise) {
    if (time == null) {
      return otherwise;
    }
    return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(END) ? END : time;
  }

  /// Mails held back for a team are due at once.
  public void release(Collection<UUID> channels, String reason) {
    update("dueAt = ?1, reason = null, attempts = 0 where state = 'pending' and reason = ?2 and channelId in ?3", clock.instant(), reason, channels);
  }
}
