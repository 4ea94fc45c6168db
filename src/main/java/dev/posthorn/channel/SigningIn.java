package dev.posthorn.channel;

import dev.posthorn.connector.oauth.Entra;
import dev.posthorn.connector.oauth.Google;
import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.connector.oauth.SignIn;
import dev.posthorn.mail.Address;
import dev.posthorn.secret.Secret;
import dev.posthorn.web.Caller;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Begins sign-ins: state, nonce and PKCE are made here, and nothing touches the network. What comes back is [SignInReturn]'s.
@ApplicationScoped
class SigningIn {
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Where Microsoft gives addresses to everybody: their owners' accounts are personal.
  private static final List<String> PERSONAL_DOMAINS = List.of("outlook", "hotmail", "live", "msn", "passport");

  private final MailboxAuthorizations authorizations;
  private final SignInDesk desk;
  private final MailboxTrial trial;
  private final Entra entra;
  private final Google google;
  private final ReturnAddresses returns;
  private final Caller caller;

  SigningIn(MailboxAuthorizations authorizations, SignInDesk desk, MailboxTrial trial, Entra entra, Google google, OAuthConfig config, Caller caller) {
    this.authorizations = authorizations;
    this.desk = desk;
    this.trial = trial;
    this.entra = entra;
    this.google = google;
    this.caller = caller;
    try {
      this.returns = new ReturnAddresses(config.returnTo().orElse(List.of()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("posthorn.oauth.return-to " + e.getMessage());
    }
  }

  /// A sign-in that was begun.
  record Begun(MailboxAuthorization row, String authorizationUrl, String state, Instant expiresAt) {}

  /// State, nonce and verifier of one way to the provider and back.
  record Trip(String state, String nonce, Secret verifier) {
    static Trip random() {
      return new Trip(SigningIn.random(), SigningIn.random(), Secret.of(SigningIn.random()));
    }

    /// RFC 7636, section 4.2.
    String challenge() {
      return sha256(verifier.reveal());
    }
  }

  SignIn provider(String kind) {
    return kind.equals(Mailbox.GMAIL_API) ? google : entra;
  }

  /// @throws Refusal 422 for what cannot be, 409 for what is there already
  Begun begin(AuthorizationResource.NewAuthorization wanted) {
    var kind = wanted.kind().word();
    var mode = Optional.ofNullable(wanted.mode()).orElse(SignInMode.DELEGATED).word();
    var provider = provider(kind);
    demandConfigured(provider);
    if (!returns.allow(wanted.returnTo())) {
      throw Refusal.unprocessable("/returnTo", "It is not among the addresses of posthorn.oauth.return-to.");
    }
    var address = Optional.ofNullable(wanted.mailbox()).map(text -> Address.of(text).normalized());
    boolean application = mode.equals(MailboxGrant.APPLICATION);
    if (application && kind.equals(Mailbox.GMAIL_API)) {
      throw Refusal.unprocessable("/mode", "At Google an administrator trusts a service account: POST /api/v1/mailboxes with serviceAccountKey.");
    }
    if (address.isEmpty() && (application || Boolean.TRUE.equals(wanted.shared()))) {
      throw Refusal.unprocessable("/mailbox", "Name the mailbox: who signs in does not say whose it is.");
    }
    if (kind.equals(Mailbox.MICROSOFT365)) {
      address.ifPresent(SigningIn::demandCompany);
    }
    var known = address.flatMap(one -> desk.existing(kind, one));
    if (known.isEmpty() && !Boolean.TRUE.equals(wanted.confirmPersonal()) && address.filter(trial::looksPersonal).isPresent()) {
      throw Refusal.at("/mailbox", ProblemKind.PERSONAL_ADDRESS, "The address looks like somebody's own: send confirmPersonal if it is meant.");
    }
    if (known.isEmpty()) {
      desk.demandPossible(wanted.wish());
    }
    var row = new MailboxAuthorization();
    row.keyId = caller.keyId();
    row.kind = kind;
    row.mode = mode;
    row.mailboxId = known.orElse(null);
    row.address = address.orElse(null);
    row.wish = wanted.wish();
    row.returnTo = wanted.returnTo();
    var trip = Trip.random();
    row.nonce = trip.nonce;
    authorizations.begin(row, trip.state, trip.verifier);
    var url = application ? entra.adminConsentUrl(trip.state) : provider.authorizationUrl(new SignIn.Question(Optional.empty(), true,
        address.filter(_ -> !Boolean.TRUE.equals(wanted.shared())), trip.state, trip.nonce, trip.challenge()));
    return new Begun(row, url, trip.state, row.expiresAt);
  }

  private static void demandConfigured(SignIn provider) {
    if (!provider.isConfigured()) {
      throw Refusal.unprocessable("/kind", "The operator has not registered Posthorn there: " + provider.missing() + " are not set.");
    }
  }

  /// OD-06, before anybody has to sign in.
  private static void demandCompany(String address) {
    var domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (PERSONAL_DOMAINS.contains(domain.substring(0, Math.max(0, domain.indexOf('.'))))) {
      throw Refusal.at("/mailbox", ProblemKind.PERSONAL_ACCOUNT, SignInReturn.FORWARD_INSTEAD);
    }
  }

  private static String random() {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String sha256(String text) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
