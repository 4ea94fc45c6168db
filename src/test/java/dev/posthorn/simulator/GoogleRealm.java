package dev.posthorn.simulator;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/// Google's sign-in: a page to consent on, codes, refresh tokens (which do not rotate here), and service accounts that speak for
/// somebody of their domain.
public final class GoogleRealm extends Realm {
  /// Somebody with a mailbox.
  ///
  /// @param domain of Google Workspace; empty for an account of gmail.com
  public record Person(String sub, String address, String domain) {}

  /// The application that is registered.
  public record Application(String id, String secret, Set<String> redirects) {}

  /// A service account that a domain trusts.
  public record ServiceAccount(String email, PublicKey key, String domain) {}

  private static final String MAIL = "https://www.googleapis.com/auth/gmail.modify";
  private static final Duration LIFE = Duration.ofSeconds(3_599);
  private static final Duration LONGEST_WORD = Duration.ofHours(1);

  private record Code(Person person, Map<String, String> asked, Instant until) {}

  /// One for all: whoever keeps the provider's keys for a while finds them unchanged.
  private static final SigningKey KEY = new SigningKey("google-1");
  private final Map<String, Person> people = new ConcurrentSkipListMap<>();
  private final Map<String, ServiceAccount> accounts = new ConcurrentHashMap<>();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, Person> grants = new ConcurrentHashMap<>();
  private volatile Application application;

  /// At `/google`.
  public GoogleRealm() {
    super("google");
  }

  /// Somebody new.
  public GoogleRealm with(Person person) {
    people.put(person.sub, person);
    return this;
  }

  /// A service account, from now on trusted by its domain.
  public GoogleRealm with(ServiceAccount account) {
    accounts.put(account.email, account);
    return this;
  }

  /// The application, from now on.
  public GoogleRealm registered(Application registered) {
    application = registered;
    return this;
  }

  /// A token with which Pub/Sub pushes (RS256), as whatever account to whatever audience.
  public String pushToken(String account, String audience) {
    var now = simulator().clock().instant().getEpochSecond();
    return KEY.sign(Map.of("iss", url(), "aud", audience, "iat", now, "exp", now + 3_600, "sub", "1", "email", account, "email_verified", true));
  }

  /// Ends the grants of a person, as a consent screen in test mode does after seven days.
  public void end(String sub) {
    grants.values().removeIf(person -> person.sub.equals(sub));
    simulator().tokens().revoke(people.get(sub).address);
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    return switch (call.method() + " " + call.path()) {
      case "GET /o/oauth2/v2/auth" -> Optional.of(authorize(call));
      case "GET /chosen" -> Optional.of(chosen(call));
      case "GET /certs" -> Optional.of(Reply.json(200, KEY.published()));
      case "POST /token" -> Optional.of(token(call.form()));
      default -> Optional.empty();
    };
  }

  private Reply authorize(Call call) {
    var query = call.query();
    boolean wellFormed = application.id().equals(query.get("client_id")) && application.redirects().contains(query.get("redirect_uri"))
        && "code".equals(query.get("response_type")) && "S256".equals(query.get("code_challenge_method")) && "offline".equals(query.get("access_type"))
        && "consent".equals(query.get("prompt")) && query.getOrDefault("scope", "").contains(MAIL) && query.getOrDefault("state", "").length() >= 20;
    if (!wellFormed) {
      complain("auth: " + query.keySet());
      return Reply.html(400, EntraRealm.page("Access blocked: this app’s request is invalid", ""));
    }
    var choices = people.values().stream().map(person -> EntraRealm.link("account-" + person.sub, person.address,
        url() + "/chosen?" + call.rawQuery() + "&account=" + person.sub)).collect(Collectors.joining());
    return Reply.html(200, EntraRealm.page("Choose an account", choices
        + EntraRealm.link("cancel", "Cancel", url() + "/chosen?" + call.rawQuery() + "&account=nobody")));
  }

  private Reply chosen(Call call) {
    var query = call.query();
    var back = query.get("redirect_uri") + "?state=" + EntraRealm.encoded(query.get("state"));
    var person = people.get(query.get("account"));
    if (person == null) {
      return Reply.redirect(back + "&error=access_denied");
    }
    var code = IssuedTokens.random();
    codes.put(code, new Code(person, query, simulator().clock().instant().plus(Duration.ofMinutes(10))));
    return Reply.redirect(back + "&code=" + code);
  }

  private Reply token(Map<String, String> form) {
    if (form.getOrDefault("grant_type", "").equals("urn:ietf:params:oauth:grant-type:jwt-bearer")) {
      return byServiceAccount(form.getOrDefault("assertion", ""));
    }
    if (!application.id().equals(form.get("client_id")) || !application.secret().equals(form.get("client_secret"))) {
      return no(401, "invalid_client", "The OAuth client was not found.");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> byCode(form);
      case "refresh_token" -> Optional.ofNullable(grants.get(form.get("refresh_token"))).map(person -> Reply.json(200, granted(person.address)))
          .orElseGet(() -> no(400, "invalid_grant", "Token has been expired or revoked."));
      default -> no(400, "unsupported_grant_type", "Invalid grant_type");
    };
  }

  private Reply byCode(Map<String, String> form) {
    var code = codes.remove(form.getOrDefault("code", ""));
    if (code == null || !code.asked.get("redirect_uri").equals(form.get("redirect_uri"))
        || !EntraRealm.challenge(form.getOrDefault("code_verifier", "")).equals(code.asked.get("code_challenge"))) {
      return no(400, "invalid_grant", "Bad Request");
    }
    var answer = granted(code.person.address);
    var refresh = IssuedTokens.random();
    grants.put(refresh, code.person);
    answer.put("refresh_token", refresh);
    var now = simulator().clock().instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>(Map.of("iss", url(), "aud", application.id(), "iat", now, "exp", now + 3_600, "sub", code.person.sub,
        "email", code.person.address, "email_verified", true, "nonce", code.asked.get("nonce")));
    if (!code.person.domain.isEmpty()) {
      claims.put("hd", code.person.domain);
    }
    answer.put("id_token", KEY.sign(claims));
    return Reply.json(200, answer);
  }

  private Map<String, Object> granted(String address) {
    var token = simulator().tokens().issue(simulator().url() + "/gmail", address.substring(address.indexOf('@') + 1), Optional.of(address),
        Set.of("gmail.modify"), LIFE);
    return new LinkedHashMap<>(Map.of("token_type", "Bearer", "expires_in", LIFE.toSeconds(), "scope", MAIL, "access_token", token.value()));
  }

  /// A signed word (RFC 7523): who speaks, for whom, and that it is ours to hear.
  private Reply byServiceAccount(String word) {
    try {
      var signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256));
      signature.setCompactSerialization(word);
      var claims = JwtClaims.parse(signature.getUnverifiedPayload());
      var account = accounts.get(claims.getIssuer());
      if (account == null) {
        return no(400, "invalid_grant", "Invalid JWT Signature.");
      }
      signature.setKey(account.key);
      var issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
      var ends = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
      var now = simulator().clock().instant();
      if (!signature.verifySignature() || issued.isAfter(now) || !ends.isAfter(now) || issued.plus(LONGEST_WORD).isBefore(ends)
          || !claims.getAudience().contains(url() + "/token")) {
        return no(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
      }
      if (!claims.getSubject().endsWith("@" + account.domain) || !MAIL.equals(claims.getStringClaimValue("scope"))) {
        return no(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.");
      }
      return Reply.json(200, granted(claims.getSubject()));
    } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
      return no(400, "invalid_grant", "Invalid JWT");
    }
  }

  private static Reply no(int status, String error, String words) {
    return Reply.json(status, Map.of("error", error, "error_description", words));
  }
}
