package dev.posthorn.login;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.login.InvitationResource.InvitationView;
import dev.posthorn.login.InvitationResource.NewInvitation;
import dev.posthorn.team.Teams;
import dev.posthorn.outbox.RelayBudget;
import dev.posthorn.queue.Queues;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who may join. The link in the mail holds 256 random bits, of which a hash is kept; it is good once.
@ApplicationScoped
class Invitations implements PanacheRepositoryBase<Invitation, UUID> {
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Logins logins;
  private final Teams teams;
  private final Queues queues;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final InvitationMail mail;
  private final Caller caller;
  private final Preconditions preconditions;
  private final Journal journal;
  private final Clock clock;
  private final Duration life;
  private final LoginConfig config;
  private final RelayBudget relay;

  Invitations(Logins logins, Teams teams, Queues queues, Tenants tenants, CurrentTenant tenant, InvitationMail mail, Caller caller,
      Preconditions preconditions, Journal journal, Clock clock, LoginConfig config,
      RelayBudget relay) {
    this.config = config;
    this.relay = relay;
    this.logins = logins;
    this.teams = teams;
    this.queues = queues;
    this.tenants = tenants;
    this.tenant = tenant;
    this.mail = mail;
    this.caller = caller;
    this.preconditions = preconditions;
    this.journal = journal;
    this.clock = clock;
    this.life = config.invitationTime();
  }

  @Transactional
  Page<InvitationView> list(Listing listing) {
    return listing.answer((after, atMost) -> Selection.all().oldestFirst(this, after, atMost), row -> Cursor.at(row.id), this::view, this::count);
  }

  @Transactional
  InvitationView show(UUID id) {
    return view(existing(id));
  }

  /// Invites somebody, by mail.
  ///
  /// @throws Refusal 409 where too many wait, 429 where the tenant has invited enough for a day
  @Transactional
  InvitationView invite(NewInvitation wanted) {
    demandFew();
    var token = token();
    var row = new Invitation();
    row.id = Ids.next();
    row.email = wanted.email();
    row.name = wanted.name();
    row.role = word(wanted.role());
    row.teamIds = orNone(wanted.teamIds());
    row.queueIds = orNone(wanted.queueIds());
    row.tokenHash = hash(token);
    row.state = Invitation.PENDING;
    row.invitedBy = caller.keyId();
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    row.expiresAt = row.createdAt.plus(life);
    demand("/teamIds", "team", row.teamIds, teams.count("id in ?1", row.teamIds));
    demand("/queueIds", "queue", row.queueIds, queues.count("id in ?1", row.queueIds));
    persistAndFlush(row);
    mail.send(row, tenants.findById(tenant.value()), token);
    journal.tenant("invitation.sent", Actor.ADMIN, Map.of("invitationId", row.id));
    return view(row);
  }

  private void demandFew() {
    if (count("state = ?1 and expiresAt > ?2", Invitation.PENDING, clock.instant()) >= config.pendingInvitations()) {
      throw Refusal.conflict("At most " + config.pendingInvitations() + " invitations wait at once: take one back.");
    }
    relay.demand("invitations", 1, config.invitationsPerDay(), "At most " + config.invitationsPerDay() + " people are invited in a day.");
  }

  private static void demand(String pointer, String what, List<UUID> wanted, long there) {
    if (wanted.stream().distinct().count() != there) {
      throw Refusal.unprocessable(pointer, "There is no such " + what + ".");
    }
  }

  private static List<UUID> orNone(List<UUID> ids) {
    return ids == null ? List.of() : ids;
  }

  private static String word(Role role) {
    if (role == Role.OPERATOR || role == Role.REQUESTER) {
      throw Refusal.badRequest("/role", "Expected one of: admin, lead, agent.");
    }
    return role.word();
  }

  /// Takes it back; of one that was accepted, forgets that it was.
  @Transactional
  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(view(row));
    delete(row);
    journal.tenant("invitation.withdrawn", Actor.ADMIN, Map.of("invitationId", id));
  }

  /// Whose it is; nothing for what nobody sent.
  Optional<Logins.Place> placeOf(String token) {
    return logins.places("select tenant_id, id from invitation_of_token(?)", (Object) hash(token)).stream().findFirst();
  }

  /// What a link is good for; nothing where it is no more.
  Optional<Entrance.Offer> offer(String token) {
    return placeOf(token).flatMap(place -> Tenancy.in(place.tenant(), () -> QuarkusTransaction.requiringNew().call(() -> findByIdOptional(place.id())
        .filter(row -> row.isGood(clock.instant()))
        .map(row -> new Entrance.Offer(place, tenants.findById(place.tenant().value()).name, row.role)))));
  }

  /// Takes it, once, in the running transaction: two browsers with one link are one after the other.
  Optional<Invitation> take(UUID id) {
    var row = findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).filter(one -> one.isGood(clock.instant()));
    row.ifPresent(one -> {
      one.state = Invitation.ACCEPTED;
      one.acceptedAt = clock.instant();
      one.updatedAt = one.acceptedAt;
    });
    return row;
  }

  private InvitationView view(Invitation row) {
    return InvitationView.of(row, clock.instant());
  }

  private Invitation existing(UUID id) {
    return findByIdOptional(id).orElseThrow(() -> Refusal.notFound("invitation"));
  }

  private String token() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
