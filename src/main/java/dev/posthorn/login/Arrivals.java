package dev.posthorn.login;

import dev.posthorn.mail.Address;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.WebConfig;
import io.quarkus.oidc.OidcConfigurationMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Reads who arrived from a token that was verified. The address is told apart from the identity: it counts only where the provider
/// says `email_verified` (OpenID Connect Core, section 5.7), for in many directories people write into it what they like.
@ApplicationScoped
class Arrivals {
  private static final int MAX_NAME = 200;
  private static final Set<String> GOOGLE = Set.of("https://accounts.google.com", "accounts.google.com");

  private final LoginConfig config;
  private final WebConfig web;
  private final Clock clock;

  Arrivals(LoginConfig config, WebConfig web, Clock clock) {
    this.config = config;
    this.web = web;
    this.clock = clock;
  }

  /// @throws Refusal 422 where the token is of another issuer than was configured, or names nobody
  Arrival of(String provider, JsonWebToken token, OidcConfigurationMetadata published) {
    var settings = config.providers().get(provider);
    demandIssuer(settings, token);
    var email = Optional.ofNullable(text(token, settings.emailClaim())).flatMap(Address::parse).map(Address::address).orElse(null);
    return new Arrival(provider, token.getIssuer(), token.getSubject(), email, email != null && (settings.trusted() || isVerified(token, email)),
        name(token), Optional.ofNullable(published).map(OidcConfigurationMetadata::getEndSessionUri).map(url -> endSession(url, settings)).orElse(null),
        clock.instant().plus(config.arrivalTime()));
  }

  /// Where one signs out there, and comes back here (OpenID Connect RP-Initiated Logout, section 2). Without a token of theirs: none
  /// is kept, and the provider asks.
  private String endSession(String url, LoginConfig.Provider settings) {
    return url + (url.indexOf('?') < 0 ? "?" : "&") + "client_id=" + encoded(settings.clientId()) + "&post_logout_redirect_uri="
        + encoded(web.publicUrl() + "/login");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// @throws Refusal 422 where the token is of another issuer than was configured, or names nobody
  static void demandIssuer(LoginConfig.Provider settings, JsonWebToken token) {
    boolean known = token.getIssuer() != null && token.getSubject() != null && settings.issuer()
        .map(wanted -> Issuers.isOf(wanted, token.getIssuer(), text(token, "tid"))).orElse(true);
    if (!known) {
      throw Refusal.of(ProblemKind.SIGN_IN_FAILED, "The token is not of whom it should be.");
    }
  }

  private static boolean isVerified(JsonWebToken token, String email) {
    // Some write it as a text.
    return "true".equals(String.valueOf(token.<Object>getClaim("email_verified"))) && (!GOOGLE.contains(token.getIssuer()) || isOfItsDomain(token, email));
  }

  /// Google verifies once that somebody reads an address, and says so for ever: whose account is of the domain itself has the claim `hd`
  /// (Google Identity, "OpenID Connect", ID token claims).
  private static boolean isOfItsDomain(JsonWebToken token, String email) {
    return email.substring(email.lastIndexOf('@') + 1).equalsIgnoreCase(text(token, "hd"));
  }

  private static String name(JsonWebToken token) {
    var name = text(token, "name");
    return name == null ? null : clean(name);
  }

  /// One line of a length that goes into a mail.
  private static String clean(String name) {
    var line = name.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]+", " ").strip();
    return line.length() > MAX_NAME ? line.substring(0, MAX_NAME) : line;
  }

  private static String text(JsonWebToken token, String claim) {
    return token.<Object>getClaim(claim) instanceof String text ? text : null;
  }
}
