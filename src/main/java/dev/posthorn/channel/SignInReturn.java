package dev.posthorn.channel;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.oauth.Entra;
import dev.posthorn.connector.oauth.Identity;
import dev.posthorn.connector.oauth.NotBelieved;
import dev.posthorn.connector.oauth.SignIn;
import dev.posthorn.connector.oauth.SignInRemedies;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.mail.Address;
import dev.posthorn.secret.Secret;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A browser comes back from a provider: the code becomes tokens, whoever signed in is compared with the mailbox, and the
/// mailbox is there. The provider is asked outside of every transaction; the rows are one.
@ApplicationScoped
class SignInReturn {
  static final String FORWARD_INSTEAD = "Microsoft lets nobody into personal accounts as a support mailbox. Forward its mail to one of the"
      + " team's forwarding addresses: GET /api/v1/teams/{id}/setup says which, and how.";

  private final MailboxAuthorizations authorizations;
  private final SigningIn signingIn;
  private final SignInDesk desk;
  private final MailboxTrial trial;
  private final Entra entra;
  private final Tenants tenants;
  private final Clock clock;

  SignInReturn(MailboxAuthorizations authorizations, SigningIn signingIn, SignInDesk desk, MailboxTrial trial, Entra entra, Tenants tenants, Clock clock) {
    this.authorizations = authorizations;
    this.signingIn = signingIn;
    this.desk = desk;
    this.trial = trial;
    this.entra = entra;
    this.tenants = tenants;
    this.clock = clock;
  }

  /// What a browser brought.
  record Brought(String state, String code, String error, String errorDescription, boolean adminConsent, String directory) {
    /// Never the code.
    @Override
    public String toString() {
      return "Brought[" + (error == null ? "" : error) + "]";
    }
  }

  /// How it ended.
  sealed interface End {
    /// There is a mailbox.
    record Connected(UUID id, UUID mailboxId, String address, String returnTo) implements End {}

    /// There is none.
    ///
    /// @param failed whether it was trouble, so that the same may go well another time
    record Not(UUID id, ProblemKind problem, String detail, String remedy, boolean failed, String returnTo) implements End {}

    /// On to the provider once more.
    record Onward(String url) implements End {}

    /// Nobody knows of it: never begun, used, too old, given up.
    record Unknown() implements End {}
  }

  /// What somebody who comes back is asked before anything is connected: the address that they opened may have come from somebody
  /// else, and what they sign in for is then read by others.
  ///
  /// @param company whose tenant it is
  /// @param address the mailbox, where it was named; null for the one of whoever signs in
  record Asked(String company, String kind, String address) {}

  /// What is to be asked; nothing where the sign-in is not known, or there is nothing to connect yet.
  Optional<Asked> asked(Brought brought) {
    return Optional.ofNullable(brought.code).flatMap(_ -> Optional.ofNullable(brought.state)).flatMap(authorizations::placeOf)
        .flatMap(place -> Tenancy.<Optional<Asked>, RuntimeException>in(place.tenant(), () -> authorizations.waiting(place.id())
            .flatMap(row -> tenants.byId(place.tenant().value()).map(tenant -> new Asked(tenant.name, row.kind, row.address)))));
  }

  End come(Brought brought) {
    return Optional.ofNullable(brought.state).flatMap(authorizations::placeOf)
        .<End>map(place -> Tenancy.<End, RuntimeException>in(place.tenant(), () -> authorizations.take(place.id())
            .map(taken -> end(taken, brought)).orElseGet(End.Unknown::new)))
        .orElseGet(End.Unknown::new);
  }

  private End end(MailboxAuthorizations.Taken taken, Brought brought) {
    try {
      return goOn(taken, brought);
    } catch (Refusal refusal) {
      return not(taken, refusal.kind(), refusal.detail().orElse(refusal.kind().title()), null, false);
    } catch (RuntimeException bug) {
      not(taken, ProblemKind.INTERNAL_ERROR, ProblemKind.INTERNAL_ERROR.title(), null, true);
      throw bug;
    } catch (NotBelieved e) {
      return not(taken, ProblemKind.SIGN_IN_FAILED, "Who signed in could not be verified: " + e.getMessage() + ".", "Begin again.", false);
    }
  }

  private End goOn(MailboxAuthorizations.Taken taken, Brought brought) throws NotBelieved {
    if (brought.error != null) {
      var refused = new TokenReply.Refused(brought.error, code(brought), Optional.ofNullable(brought.errorDescription).orElse(brought.error));
      return not(taken, ProblemKind.SIGN_IN_FAILED, refused.words(), SignInRemedies.of(refused.code()), false);
    }
    boolean application = taken.mode().equals(MailboxGrant.APPLICATION);
    if (application && taken.directory() == null) {
      return consented(taken, brought);
    }
    if (brought.code == null) {
      return not(taken, ProblemKind.SIGN_IN_FAILED, "The provider sent no code.", "Begin again.", false);
    }
    var provider = signingIn.provider(taken.kind());
    var askedAt = clock.instant();
    return switch (provider.exchange(Secret.of(brought.code), taken.verifier())) {
      case TokenReply.Granted granted -> signedIn(taken, provider, granted, askedAt);
      case TokenReply.Refused refused -> not(taken, ProblemKind.SIGN_IN_FAILED, refused.words(), SignInRemedies.of(refused.code()), false);
      case TokenReply.Trouble trouble -> not(taken, ProblemKind.SIGN_IN_FAILED, trouble.why(), "The provider has trouble: begin again later.", true);
    };
  }

  private static String code(Brought brought) {
    var words = Optional.ofNullable(brought.errorDescription).orElse("");
    int colon = words.indexOf(':');
    return words.startsWith("AADSTS") && colon > 0 ? words.substring(0, colon) : brought.error;
  }

  /// An administrator has consented, says the address: now they say themselves who they are, for the address may be anybody's.
  private End consented(MailboxAuthorizations.Taken taken, Brought brought) {
    if (!brought.adminConsent || brought.directory == null || !Entra.isDirectory(brought.directory)) {
      return not(taken, ProblemKind.SIGN_IN_FAILED, "Nobody consented for the directory.", "Begin again.", false);
    }
    var trip = SigningIn.Trip.random();
    authorizations.goOn(taken.id(), brought.directory, trip.state(), trip.nonce(), trip.verifier());
    return new End.Onward(entra.authorizationUrl(new SignIn.Question(Optional.of(brought.directory), false, Optional.empty(), trip.state(), trip.nonce(),
        trip.challenge())));
  }

  private End signedIn(MailboxAuthorizations.Taken taken, SignIn provider, TokenReply.Granted granted, Instant askedAt) throws NotBelieved {
    var identity = provider.identify(granted.idToken().orElse(Secret.of("")), taken.nonce());
    if (identity.directory().equals(Identity.PERSONAL_ACCOUNTS)) {
      return not(taken, ProblemKind.PERSONAL_ACCOUNT, FORWARD_INSTEAD, null, false);
    }
    if (taken.mode().equals(MailboxGrant.APPLICATION)) {
      return application(taken, identity);
    }
    if (granted.refreshToken().isEmpty()) {
      return not(taken, ProblemKind.SIGN_IN_FAILED, "The provider gave no refresh token.", "Begin again.", false);
    }
    var address = address(taken, identity);
    var user = taken.kind().equals(Mailbox.GMAIL_API) || taken.wish().shared() ? address : identity.subject();
    return connect(taken, address, new MailboxGrants.Grant(MailboxGrant.DELEGATED, identity.directory(), identity.subject(), identity.address(), user,
        new GrantSecret(granted.refreshToken(), Optional.of(granted.accessToken())), askedAt.plus(granted.life())));
  }

  /// Whose mailbox it is (P-06): an address tells two mailboxes apart and proves nothing; the identity that it was signed in by is
  /// kept, and is what a later sign-in is compared with.
  private String address(MailboxAuthorizations.Taken taken, Identity identity) {
    var own = Address.parse(identity.address()).map(Address::normalized);
    if (taken.address() == null) {
      var found = own.orElseThrow(() -> Refusal.of(ProblemKind.SIGN_IN_FAILED, "The provider does not say an address: begin again and name the mailbox."));
      if (!Boolean.TRUE.equals(taken.wish().confirmPersonal()) && trial.looksPersonal(found)) {
        throw Refusal.of(ProblemKind.PERSONAL_ADDRESS, found + " looks like somebody's own: begin again with confirmPersonal if it is meant.");
      }
      return found;
    }
    if (taken.mailboxId() == null && !taken.wish().shared() && own.filter(taken.address()::equals).isEmpty()) {
      throw Refusal.of(ProblemKind.WRONG_ACCOUNT, "Signed in as " + own.orElse("somebody without an address") + ", which is not " + taken.address()
          + ". Sign in with its own account; if it is a shared mailbox to which this account has access, begin again with shared: true.");
    }
    return taken.address();
  }

  private End application(MailboxAuthorizations.Taken taken, Identity identity) {
    if (!identity.directory().equals(taken.directory())) {
      throw Refusal.of(ProblemKind.WRONG_ACCOUNT, "Whoever signed in is not of the directory for which was consented.");
    }
    var askedAt = clock.instant();
    return switch (entra.ofApplication(taken.directory())) {
      case TokenReply.Granted granted -> connect(taken, taken.address(), new MailboxGrants.Grant(MailboxGrant.APPLICATION, taken.directory(), null,
          identity.address(), taken.address(), new GrantSecret(Optional.empty(), Optional.of(granted.accessToken())), askedAt.plus(granted.life())));
      case TokenReply.Refused refused -> not(taken, ProblemKind.SIGN_IN_FAILED, refused.words(), SignInRemedies.of(refused.code()), false);
      case TokenReply.Trouble trouble -> not(taken, ProblemKind.SIGN_IN_FAILED, trouble.why(), "The provider has trouble: begin again later.", true);
    };
  }

  private End connect(MailboxAuthorizations.Taken taken, String address, MailboxGrants.Grant grant) {
    var wish = taken.wish();
    trial.reach(account(taken.kind(), address, grant), Optional.ofNullable(wish.folder()).orElse(MailboxConnecting.INBOX),
        Optional.ofNullable(wish.moveTo()).filter(_ -> wish.afterImport() == AfterImport.MOVE));
    return new End.Connected(taken.id(), desk.connect(taken, address, grant), address, taken.returnTo());
  }

  /// The mailbox with the one token that there is so far.
  private static Account account(String kind, String address, MailboxGrants.Grant grant) {
    var token = OneToken.of(grant);
    return kind.equals(Mailbox.GMAIL_API) ? new Account.GmailApi(address, token) : new Account.Microsoft365(address, grant.providerUser(), token);
  }

  private End not(MailboxAuthorizations.Taken taken, ProblemKind problem, String detail, String remedy, boolean failed) {
    authorizations.ended(taken.id(), failed ? MailboxAuthorization.FAILED : MailboxAuthorization.REFUSED, problem.slug(), detail, remedy);
    return new End.Not(taken.id(), problem, detail, remedy, failed, taken.returnTo());
  }
}
