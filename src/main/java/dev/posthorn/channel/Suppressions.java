package dev.posthorn.channel;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.team.AddressIssued;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the current tenant sends nothing: asked for every recipient of every mail, just before it leaves.
@ApplicationScoped
public class Suppressions implements PanacheRepositoryBase<Suppression, UUID> {
  private final Journal journal;
  private final Clock clock;

  Suppressions(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// Those of the addresses that are listed: themselves, without their detail (`+…`, RFC 5233), or by their domain.
  public Set<String> among(Collection<String> addresses) {
    return among(addresses, "select pattern from Suppression where pattern in ?1");
  }

  /// The same for mail that goes to an address of the tenant's own on purpose: only what is listed for another reason counts.
  public Set<String> amongOthers(Collection<String> addresses) {
    return among(addresses, "select pattern from Suppression where pattern in ?1 and reason <> '" + Suppression.OWN_ADDRESS + "'");
  }

  private Set<String> among(Collection<String> addresses, String question) {
    var wanted = addresses.stream().flatMap(Suppressions::patterns).collect(Collectors.toSet());
    if (wanted.isEmpty()) {
      return Set.of();
    }
    var listed = new HashSet<>(getEntityManager().createQuery(question, String.class).setParameter(1, wanted).getResultList());
    return addresses.stream().filter(address -> patterns(address).anyMatch(listed::contains)).collect(Collectors.toSet());
  }

  /// Lists it unless it is listed already.
  public void list(String pattern, String reason, Actor actor) {
    if (count("pattern", pattern) == 0) {
      create(pattern, reason, actor);
    }
  }

  Suppression create(String pattern, String reason, Actor actor) {
    var row = new Suppression();
    row.id = Ids.next();
    row.pattern = pattern;
    row.reason = reason;
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    persistAndFlush(row);
    journal.tenant("suppression.added", actor, Map.of("suppressionId", row.id, "reason", reason));
    return row;
  }

  void remove(Suppression row, Actor actor) {
    delete(row);
    journal.tenant("suppression.removed", actor, Map.of("suppressionId", row.id, "reason", row.reason));
  }

  List<Suppression> page(String reason, Cursor after, int atMost) {
    return Selection.all().where("reason = ?", reason).oldestFirst(this, after, atMost);
  }

  long count(String reason) {
    return Selection.all().where("reason = ?", reason).count(this);
  }

  private static Stream<String> patterns(String address) {
    return Address.parse(address).stream().flatMap(parsed -> {
      var normalized = parsed.normalized();
      int plus = normalized.indexOf('+');
      int at = normalized.lastIndexOf('@');
      var base = plus > 0 && plus < at ? normalized.substring(0, plus) + normalized.substring(at) : normalized;
      return Stream.of(normalized, base, normalized.substring(at + 1));
    });
  }

  /// What is mailed to an address of our own comes in again (OD-26, OD-27).
  void issued(@Observes AddressIssued issued) {
    list(issued.address().address, Suppression.OWN_ADDRESS, Actor.SYSTEM);
  }

  void connected(@Observes MailboxConnected connected) {
    list(connected.address(), Suppression.OWN_ADDRESS, Actor.SYSTEM);
  }
}
