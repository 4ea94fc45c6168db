package dev.posthorn.team;

import dev.posthorn.tenant.Ids;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The addresses ever issued to the teams of the current tenant. None is ever issued again to anybody else (EH-20).
@ApplicationScoped
public class ForwardingAddresses implements PanacheRepositoryBase<ForwardingAddress, UUID> {
  /// Leaves room for the detail of a signed reply address within the 64 octets of RFC 5321, section 4.5.3.1.1.
  public static final int MAX_LOCAL_PART = 36;

  private static final int SUFFIX_ATTEMPTS = 20;
  private static final String SUFFIX_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final TeamConfig config;
  private final Clock clock;
  private final Event<AddressIssued> issued;

  ForwardingAddresses(TeamConfig config, Clock clock, Event<AddressIssued> issued) {
    this.config = config;
    this.clock = clock;
    this.issued = issued;
  }

  /// Issues exactly this local part; empty when it was ever taken before, by anybody.
  public Optional<ForwardingAddress> issue(UUID teamId, String localPart) {
    var wanted = localPart + "@" + config.domain();
    var free = (Boolean) getEntityManager().createNativeQuery("select issue_address(:wanted)")
        .setParameter("wanted", wanted).getSingleResult();
    return free ? Optional.of(add(teamId, wanted)) : Optional.empty();
  }

  /// Issues what somebody asked for.
  ///
  /// @param localPart null for one made from the names
  /// @param name what it is for, and `slug` whose
  /// @throws Refusal 400 or 422 for a local part that cannot be, 409 for one that was issued before or where the team has too many
  public ForwardingAddress issueWanted(UUID teamId, String localPart, String name, String slug) {
    if (count("teamId", teamId) >= config.maxAddressesPerTeam()) {
      throw Refusal.conflict("A team has at most " + config.maxAddressesPerTeam() + " addresses.");
    }
    return localPart == null ? issueLike(teamId, LocalPart.like(name, slug).text())
        : issue(teamId, LocalPart.of(localPart).text())
            .orElseThrow(() -> Refusal.at("/localPart", ProblemKind.CONFLICT, "This address was issued before."));
  }

  /// Issues the local part, or one like it where it is taken.
  public ForwardingAddress issueLike(UUID teamId, String localPart) {
    var start = LocalPart.cut(localPart, MAX_LOCAL_PART - 5);
    var first = issue(teamId, start);
    for (int attempt = 0; first.isEmpty() && attempt < SUFFIX_ATTEMPTS; attempt++) {
      first = issue(teamId, start + "-" + suffix());
    }
    return first.orElseThrow(() -> new IllegalStateException("No free address like " + start));
  }

  private ForwardingAddress add(UUID teamId, String address) {
    var row = new ForwardingAddress();
    row.id = Ids.next();
    row.teamId = teamId;
    row.address = address;
    row.active = true;
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    persistAndFlush(row);
    issued.fire(new AddressIssued(row));
    return row;
  }

  public List<ForwardingAddress> ofTeam(UUID teamId) {
    return list("teamId = ?1 order by id", teamId);
  }

  /// The team's address of this id.
  Optional<ForwardingAddress> ofTeam(UUID teamId, UUID id) {
    return findByIdOptional(id).filter(address -> address.teamId.equals(teamId));
  }

  /// Those of these addresses that are the tenant's own.
  public List<String> among(Collection<String> normalized) {
    return normalized.isEmpty() ? List.of() : getEntityManager()
        .createQuery("select address from ForwardingAddress where address in ?1", String.class)
        .setParameter(1, normalized).getResultList();
  }

  private static String suffix() {
    return ThreadLocalRandom.current().ints(4, 0, SUFFIX_LETTERS.length())
        .collect(StringBuilder::new, (text, letter) -> text.append(SUFFIX_LETTERS.charAt(letter)), StringBuilder::append)
        .toString();
  }
}
