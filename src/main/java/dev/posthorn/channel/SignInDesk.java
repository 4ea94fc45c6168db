package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.team.Teams;
import dev.posthorn.web.Noting;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/// What a sign-in leaves in rows: a mailbox with both channels, or an old one that lives again. Each method is one transaction.
@ApplicationScoped
class SignInDesk {
  private final MailboxDesk desk;
  private final Mailboxes mailboxes;
  private final Teams teams;
  private final MailboxGrants grants;
  private final MailboxAuthorizations authorizations;
  private final DirectoryConsents consents;
  private final Noting notes;

  SignInDesk(MailboxDesk desk, Mailboxes mailboxes, Teams teams, MailboxGrants grants, MailboxAuthorizations authorizations, DirectoryConsents consents,
      Noting notes) {
    this.desk = desk;
    this.mailboxes = mailboxes;
    this.teams = teams;
    this.grants = grants;
    this.authorizations = authorizations;
    this.consents = consents;
    this.notes = notes;
  }

  /// The mailbox of this kind that has the address, if there is one: it is signed in for anew (P-02).
  ///
  /// @throws Refusal 409 where a mailbox of another kind has it
  @Transactional
  Optional<UUID> existing(String kind, String address) {
    var found = mailboxes.find("lower(address)", address).firstResultOptional();
    if (found.filter(mailbox -> !mailbox.kind.equals(kind)).isPresent()) {
      throw Refusal.at("/mailbox", ProblemKind.CONFLICT, "A mailbox of another kind has this address.");
    }
    return found.map(mailbox -> mailbox.id);
  }

  /// What would be in the way in the end is said at the beginning.
  ///
  /// @throws Refusal 409 for a name that is taken, 422 for what makes no sense
  @Transactional
  void demandPossible(AuthorizationWish wish) {
    if (wish.name() != null && mailboxes.count("lower(name) = lower(?1)", wish.name()) > 0) {
      throw Refusal.at("/name", ProblemKind.CONFLICT, "Another mailbox has this name.");
    }
    if (wish.teamId() != null && teams.findByIdOptional(wish.teamId()).isEmpty()) {
      throw Refusal.unprocessable("/teamId", "There is no such team.");
    }
    if (wish.afterImport() == AfterImport.MOVE && wish.moveTo() == null) {
      throw Refusal.unprocessable("/moveTo", "Moving needs a folder to move to.");
    }
  }

  /// Ends a sign-in well.
  ///
  /// @return the mailbox
  /// @throws Refusal 409 where somebody else signed in than the first time (P-06), or something else has the name or the address
  @Transactional
  UUID connect(MailboxAuthorizations.Taken taken, String address, MailboxGrants.Grant grant) {
    if (grant.mode().equals(MailboxGrant.APPLICATION) && !consents.claim(grant.directory())) {
      throw Refusal.of(ProblemKind.WRONG_ACCOUNT, "Another company has connected this directory.");
    }
    var known = Optional.ofNullable(taken.mailboxId()).or(() -> existing(taken.kind(), address));
    var mailboxId = known.isPresent() ? renew(known.get(), taken.wish().shared(), grant)
        : desk.createSignedIn(taken.wish().mailbox(taken.kind(), address), address, grant).id();
    authorizations.connected(taken.id(), mailboxId);
    // The browser that comes back has no key: whoever began it did it.
    notes.note(known.isPresent() ? "Mailbox_connected_anew" : "Mailbox_connected", "/mailboxes/" + mailboxId, grant.mode() + " " + taken.kind(), Role.ADMIN, null, taken.keyId());
    return mailboxId;
  }

  private UUID renew(UUID mailboxId, boolean shared, MailboxGrants.Grant grant) {
    var mailbox = mailboxes.findByIdOptional(mailboxId).orElseThrow(() -> Refusal.of(ProblemKind.GONE, "The mailbox was disconnected meanwhile."));
    var before = grants.findById(mailboxId);
    // The application itself is nobody; and a shared mailbox is nobody's own: both are held to their directory.
    boolean same = before.directory.equals(grant.directory())
        && (shared || before.subject == null || grant.subject() == null || before.subject.equals(grant.subject()));
    if (!same) {
      throw Refusal.of(ProblemKind.WRONG_ACCOUNT, "Somebody else signed in than the first time (then " + before.signedInAs + ", now "
          + grant.signedInAs() + "): disconnect the mailbox first if that is meant.");
    }
    desk.signedInAnew(mailbox, grant);
    return mailboxId;
  }
}
