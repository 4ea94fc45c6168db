package dev.posthorn.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How people sign in.
@ConfigMapping(prefix = "posthorn.login")
public interface LoginConfig {
  /// Whether whoever signs in and belongs nowhere may found a tenant. Without it the operator founds them, and people are invited.
  @WithDefault("true")
  boolean selfService();

  /// How many tenants one person may belong to and still found another.
  @WithDefault("5")
  int tenantsPerPerson();

  /// How long a session lasts; then one signs in again.
  @WithDefault("12h")
  Duration sessionTime();

  /// How long one may take to say what to do, after having signed in.
  @WithDefault("15m")
  Duration arrivalTime();

  /// For one answer of a provider.
  @WithDefault("10s")
  Duration answerTimeout();

  /// How long an invitation is good.
  @WithDefault("7d")
  Duration invitationTime();

  /// How many people a tenant may invite in a day (UTC).
  @WithDefault("50")
  int invitationsPerDay();

  /// How many invitations of a tenant may wait to be accepted.
  @WithDefault("200")
  int pendingInvitations();

  /// Whether cookies are for encrypted lines alone. Without it they are for development.
  @WithDefault("true")
  boolean secureCookies();

  /// Where a browser is led after signing in, from the root.
  @WithDefault("/docs")
  String home();

  /// How many sessions one node remembers for a moment.
  @WithDefault("20000")
  int rememberedSessions();

  /// Where people sign in, by a short name of letters, digits and hyphens. The provider sends them back to
  /// `/login/with/<name>/back` below `posthorn.web.public-url`: register that.
  Map<String, Provider> providers();

  /// One provider of OpenID Connect.
  interface Provider {
    /// What people read on the button.
    String title();

    /// Below it lies `/.well-known/openid-configuration`.
    String url();

    /// As which Posthorn is registered there.
    String clientId();

    /// The secret of the registration.
    Optional<String> clientSecret();

    /// Who issues the tokens, where that is not what the provider publishes: `https://login.microsoftonline.com/{tenantid}/v2.0`
    /// for an application of several directories, where `{tenantid}` is the claim `tid`.
    Optional<String> issuer();

    /// What is asked for beside `openid`.
    @WithDefault("email,profile")
    List<String> scopes();

    /// Whom access tokens have to be for, so that the API takes them as `Authorization: Bearer`. Without it, it takes none.
    Optional<List<String>> audience();

    /// The claim that holds the address.
    @WithDefault("email")
    String emailClaim();

    /// Whether every address that it says is verified, although it does not say so in `email_verified`: true of a directory of
    /// one's own, never of one in which strangers choose their address.
    @WithDefault("false")
    boolean trusted();
  }
}
