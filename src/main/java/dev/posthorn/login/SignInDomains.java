package dev.posthorn.login;

import dev.posthorn.login.SignInDomainResource.NewSignInDomain;
import dev.posthorn.login.SignInDomainResource.SignInDomainView;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import dev.posthorn.web.RowRules;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Domains whose people join by signing in: those that the tenant has proven by a key in their DNS, which no public mail domain
/// can be.
@ApplicationScoped
class SignInDomains implements PanacheRepositoryBase<SignInDomain, UUID>, RowRules {
  private final Logins logins;
  private final Tenants tenants;
  private final Preconditions preconditions;
  private final Clock clock;

  SignInDomains(Logins logins, Tenants tenants, Preconditions preconditions, Clock clock) {
    this.logins = logins;
    this.tenants = tenants;
    this.preconditions = preconditions;
    this.clock = clock;
  }

  @Transactional
  Page<SignInDomainView> list(Listing listing) {
    return listing.answer((after, atMost) -> Selection.all().oldestFirst(this, after, atMost), row -> Cursor.at(row.id), SignInDomainView::of, this::count);
  }

  @Transactional
  SignInDomainView show(UUID id) {
    return SignInDomainView.of(existing(id));
  }

  @Transactional
  SignInDomainView create(NewSignInDomain wanted) {
    var role = wanted.role() == null ? Role.AGENT : wanted.role();
    if (role != Role.AGENT && role != Role.LEAD) {
      throw Refusal.badRequest("/role", "Expected one of: lead, agent. Admins are invited.");
    }
    var row = new SignInDomain();
    row.id = Ids.next();
    row.domain = wanted.domain().toLowerCase(Locale.ROOT);
    row.role = role.word();
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    persistAndFlush(row);
    return SignInDomainView.of(row);
  }

  @Transactional
  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(SignInDomainView.of(row));
    delete(row);
  }

  /// Which tenants let the people of the domain in.
  List<Entrance.Offer> offers(String domain) {
    return logins.places("select tenant_id, id from sign_in_domains_of(?)", domain).stream()
        .flatMap(place -> Tenancy.in(place.tenant(), () -> QuarkusTransaction.requiringNew().call(() -> findByIdOptional(place.id())
            .map(row -> new Entrance.Offer(place, tenants.findById(place.tenant().value()).name, row.role)))).stream())
        .toList();
  }

  private SignInDomain existing(UUID id) {
    return findByIdOptional(id).orElseThrow(() -> Refusal.notFound("domain"));
  }

  @Override
  public Map<String, Supplier<Refusal>> refusals() {
    return Map.of(
        "sign_in_domain_domain", () -> Refusal.at("/domain", ProblemKind.CONFLICT, "This domain is there already."),
        "sign_in_domain_proven", () -> Refusal.unprocessable("/domain", "Prove that it is yours first: POST /api/v1/sending-domains."));
  }
}
