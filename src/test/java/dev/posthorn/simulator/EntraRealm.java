package dev.posthorn.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// Microsoft Entra ID: people sign in on pages that can be clicked through, administrators consent, codes and refresh tokens
/// become access tokens. `loginUrl` of the application under test is [#url].
public final class EntraRealm extends Realm {
  /// The directory of all personal accounts.
  public static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

  /// Somebody who can sign in.
  ///
  /// @param oid the immutable id within the directory
  /// @param tid the directory
  /// @param address principal name and mail address
  public record Person(String oid, String tid, String address, String name) {}

  /// The application that is registered.
  ///
  /// @param certificate PEM of the certificate by which it may show who it is; null where it has a secret alone
  public record Application(String id, String secret, String certificate, Set<String> redirects) {}

  /// The scopes that people consent to; those of Graph in long or short form.
  private static final Set<String> KNOWN_SCOPES = Set.of("offline_access", "openid", "profile", "email", "Mail.ReadWrite", "Mail.Send",
      "Mail.ReadWrite.Shared", "Mail.Send.Shared");
  private static final Duration CODE_LIFE = Duration.ofMinutes(10);

  /// One for all: whoever keeps the provider's keys for a while finds them unchanged.
  private static final SigningKey KEY = new SigningKey("entra-1");
  private final Map<String, Person> people = new ConcurrentSkipListMap<>();
  private final Set<String> consented = ConcurrentHashMap.newKeySet();
  private final EntraTokens tokens;
  private volatile Application application;

  /// At `/entra`.
  public EntraRealm() {
    super("entra");
    tokens = new EntraTokens(this, KEY);
  }

  /// Somebody new.
  public EntraRealm with(Person person) {
    people.put(person.oid, person);
    return this;
  }

  /// The application, from now on.
  public EntraRealm registered(Application registered) {
    application = registered;
    return this;
  }

  /// An administrator has consented for the whole directory.
  public void consent(String tid) {
    consented.add(tid);
  }

  /// The administrator takes it back: neither the application nor its people get tokens any more.
  public void withdraw(String tid) {
    consented.remove(tid);
    people.values().stream().filter(person -> person.tid.equals(tid)).forEach(person -> end(person.oid, EntraError.NO_CONSENT));
  }

  /// From now on the grants of this person are answered like this; those that come of a later sign-in are good.
  public void end(String oid, EntraError why) {
    tokens.end(oid, why);
    simulator().tokens().revoke(oid);
  }

  /// How often a token was got by a refresh token.
  public int refreshes() {
    return tokens.refreshes();
  }

  /// Access tokens issued from now on live so long.
  public void accessTokenLife(Duration life) {
    tokens.life(life);
  }

  /// Identity tokens issued from now on are signed with a key that is published nowhere, and with claims put over their own.
  public void forge(boolean otherKey, Map<String, Object> claims) {
    tokens.forge(otherKey, claims);
  }

  Application application() {
    return application;
  }

  boolean isDirectory(String tid) {
    return Set.of("common", "organizations", "consumers").contains(tid) || consented.contains(tid)
        || people.values().stream().anyMatch(person -> person.tid.equals(tid));
  }

  boolean hasConsented(String tid) {
    return consented.contains(tid);
  }

  Optional<Person> person(String oid) {
    return Optional.ofNullable(people.get(oid));
  }

  void wrong(String what) {
    complain(what);
  }

  IssuedTokens issued() {
    return simulator().tokens();
  }

  SimulatedClock clock() {
    return simulator().clock();
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    var path = call.segments();
    if (path.size() < 2) {
      return Optional.empty();
    }
    var tenant = path.getFirst();
    var rest = String.join("/", path.subList(1, path.size()));
    return switch (call.method() + " " + rest) {
      case "GET v2.0/.well-known/openid-configuration" -> Optional.of(discovery(tenant));
      case "GET discovery/v2.0/keys" -> Optional.of(Reply.json(200, KEY.published()));
      case "GET oauth2/v2.0/authorize" -> Optional.of(authorize(tenant, call));
      case "GET oauth2/v2.0/chosen" -> Optional.of(chosen(call));
      case "GET v2.0/adminconsent" -> Optional.of(adminConsent(tenant, call));
      case "GET v2.0/adminconsented" -> Optional.of(adminConsented(call));
      case "POST oauth2/v2.0/token" -> Optional.of(tokens.answer(tenant, call));
      default -> Optional.empty();
    };
  }

  private Reply discovery(String tenant) {
    var issuer = Set.of("common", "organizations").contains(tenant) ? "{tenantid}" : tenant;
    return Reply.json(200, Map.of("issuer", url() + "/" + issuer + "/v2.0", "authorization_endpoint", url() + "/" + tenant + "/oauth2/v2.0/authorize",
        "token_endpoint", url() + "/" + tenant + "/oauth2/v2.0/token", "jwks_uri", url() + "/" + tenant + "/discovery/v2.0/keys"));
  }

  private Reply authorize(String tenant, Call call) {
    var wrong = objection(call);
    if (wrong.isPresent()) {
      complain("authorize: " + wrong.get());
      return Reply.html(400, page("Sorry, but we’re having trouble signing you in.", "<p>" + wrong.get() + "</p>"));
    }
    var choices = people.values().stream().filter(person -> mayEnter(tenant, person)).map(person -> link("account-" + person.oid,
        person.name + " &lt;" + person.address + "&gt;", url() + "/" + tenant + "/oauth2/v2.0/chosen?" + call.rawQuery() + "&account=" + person.oid))
        .collect(Collectors.joining());
    return Reply.html(200, page("Pick an account", choices
        + link("cancel", "Cancel", url() + "/" + tenant + "/oauth2/v2.0/chosen?" + call.rawQuery() + "&account=nobody")));
  }

  private static boolean mayEnter(String tenant, Person person) {
    return switch (tenant) {
      case "common" -> true;
      case "organizations" -> !person.tid.equals(PERSONAL);
      default -> tenant.equals(person.tid);
    };
  }

  private Optional<String> objection(Call call) {
    var query = call.query();
    if (!application.id.equals(query.get("client_id"))) {
      return Optional.of("AADSTS700016: no such application");
    }
    if (!application.redirects.contains(query.get("redirect_uri"))) {
      return Optional.of("AADSTS50011: the redirect URI is not registered");
    }
    if (!"code".equals(query.get("response_type")) || !"S256".equals(query.get("code_challenge_method"))
        || query.getOrDefault("code_challenge", "").length() != 43) {
      return Optional.of("a code with PKCE (S256) is wanted");
    }
    if (query.getOrDefault("state", "").length() < 20 || query.getOrDefault("nonce", "").length() < 20) {
      return Optional.of("state and nonce are too easily guessed");
    }
    return List.of(query.getOrDefault("scope", "").split(" ")).stream().map(EntraRealm::shortScope)
        .filter(scope -> !KNOWN_SCOPES.contains(scope)).findFirst().map(scope -> "AADSTS70011: " + scope);
  }

  static String shortScope(String scope) {
    return scope.substring(scope.lastIndexOf('/') + 1);
  }

  private Reply chosen(Call call) {
    var query = call.query();
    var back = query.get("redirect_uri") + "?state=" + encoded(query.get("state"));
    var person = person(query.get("account"));
    if (person.isEmpty()) {
      return Reply.redirect(back + "&error=access_denied&error_description=" + encoded("AADSTS65004: User declined to consent."));
    }
    return Reply.redirect(back + "&code=" + tokens.code(person.get(), query, simulator().clock().instant().plus(CODE_LIFE)));
  }

  private Reply adminConsent(String tenant, Call call) {
    var query = call.query();
    if (!application.id.equals(query.get("client_id")) || !application.redirects.contains(query.get("redirect_uri"))
        || !query.getOrDefault("scope", "").endsWith("/.default")) {
      complain("adminconsent: " + query.keySet());
      return Reply.empty(400);
    }
    var choices = people.values().stream().filter(person -> mayEnter(tenant, person) && !person.tid.equals(PERSONAL))
        .map(person -> person.tid).distinct().map(tid -> link("consent-" + tid, "Accept for " + tid,
            url() + "/" + tenant + "/v2.0/adminconsented?" + call.rawQuery() + "&directory=" + tid)).collect(Collectors.joining());
    return Reply.html(200, page("Permissions requested for your organization", choices
        + link("cancel", "Cancel", url() + "/" + tenant + "/v2.0/adminconsented?" + call.rawQuery())));
  }

  private Reply adminConsented(Call call) {
    var query = call.query();
    var back = query.get("redirect_uri") + "?state=" + encoded(query.get("state"));
    var directory = query.get("directory");
    if (directory == null) {
      return Reply.redirect(back + "&error=access_denied&error_description=" + encoded("AADSTS650052: the administrator declined"));
    }
    consent(directory);
    return Reply.redirect(back + "&admin_consent=True&tenant=" + directory);
  }

  static String page(String title, String body) {
    return "<!doctype html><html lang=en><meta charset=utf-8><title>" + title + "</title><h1>" + title + "</h1>" + body + "</html>";
  }

  static String link(String id, String words, String to) {
    return "<p><a id=\"" + id + "\" href=\"" + to.replace("&", "&amp;") + "\">" + words + "</a></p>";
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder().withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
