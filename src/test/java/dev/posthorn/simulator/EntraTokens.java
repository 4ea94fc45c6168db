package dev.posthorn.simulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.X509Util;
import org.jose4j.lang.JoseException;

/// The token endpoint of Entra ID. A refresh token is good once: its answer holds the next one (P-01).
final class EntraTokens {
  private static final Duration IDLE = Duration.ofDays(90);

  private record Code(EntraRealm.Person person, Map<String, String> asked, Instant until) {}

  private record Grant(EntraRealm.Person person, Set<String> scopes, String audience, Instant issued, Optional<EntraError> ended) {}

  private static final SigningKey STRANGERS_KEY = new SigningKey("entra-1");

  private final EntraRealm realm;
  private final SigningKey key;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final AtomicInteger refreshes = new AtomicInteger();
  private volatile Duration life = Duration.ofSeconds(3_599);
  private volatile boolean otherKey;
  private volatile Map<String, Object> forged = Map.of();

  EntraTokens(EntraRealm realm, SigningKey key) {
    this.realm = realm;
    this.key = key;
  }

  void life(Duration wanted) {
    life = wanted;
  }

  void forge(boolean strangers, Map<String, Object> claims) {
    otherKey = strangers;
    forged = claims;
  }

  int refreshes() {
    return refreshes.get();
  }

  void end(String oid, EntraError why) {
    grants.replaceAll((_, grant) -> grant.person.oid().equals(oid)
        ? new Grant(grant.person, grant.scopes, grant.audience, grant.issued, Optional.of(why)) : grant);
  }

  String code(EntraRealm.Person person, Map<String, String> asked, Instant until) {
    var code = IssuedTokens.random();
    codes.put(code, new Code(person, asked, until));
    return code;
  }

  Reply answer(String tenant, Call call) {
    if (!realm.isDirectory(tenant)) {
      return EntraError.NO_DIRECTORY.reply();
    }
    var form = call.form();
    var stranger = objection(tenant, form);
    if (stranger.isPresent()) {
      return stranger.get().reply();
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> byCode(form);
      case "refresh_token" -> byRefreshToken(form);
      case "client_credentials" -> byApplication(tenant, form);
      default -> {
        realm.wrong("token: unknown grant type");
        yield EntraError.UNKNOWN_GRANT.reply();
      }
    };
  }

  private Optional<EntraError> objection(String tenant, Map<String, String> form) {
    if (!realm.application().id().equals(form.get("client_id"))) {
      realm.wrong("token: another client_id");
      return Optional.of(EntraError.NO_APPLICATION);
    }
    if (form.containsKey("client_assertion")) {
      return assertion(tenant, form);
    }
    return realm.application().secret().equals(form.get("client_secret")) ? Optional.empty() : Optional.of(EntraError.WRONG_SECRET);
  }

  /// A signed word that it is the application (RFC 7523), by its certificate.
  private Optional<EntraError> assertion(String tenant, Map<String, String> form) {
    if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))) {
      realm.wrong("token: client_assertion_type");
    }
    try {
      var certificate = certificate(realm.application().certificate());
      var signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(new AlgorithmConstraints(
          AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA256));
      signature.setCompactSerialization(form.get("client_assertion"));
      signature.setKey(certificate.getPublicKey());
      if (!X509Util.x5tS256(certificate).equals(signature.getHeader("x5t#S256")) || !signature.verifySignature()) {
        return Optional.of(EntraError.WRONG_ASSERTION);
      }
      var claims = JwtClaims.parse(signature.getPayload());
      if (!claims.getAudience().contains(realm.url() + "/" + tenant + "/oauth2/v2.0/token") || claims.getJwtId() == null
          || !claims.getIssuer().equals(realm.application().id()) || !claims.getSubject().equals(realm.application().id())) {
        realm.wrong("token: the assertion is for somebody else");
        return Optional.of(EntraError.WRONG_ASSERTION);
      }
      long now = realm.clock().instant().getEpochSecond();
      return claims.getNotBefore().getValue() <= now && claims.getExpirationTime().getValue() > now
          ? Optional.empty() : Optional.of(EntraError.ASSERTION_TIME);
    } catch (JoseException | InvalidJwtException | MalformedClaimException | CertificateException e) {
      return Optional.of(EntraError.WRONG_ASSERTION);
    }
  }

  private static X509Certificate certificate(String pem) throws CertificateException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private Reply byCode(Map<String, String> form) {
    var code = codes.remove(form.getOrDefault("code", ""));
    if (code == null || code.until.isBefore(realm.clock().instant())) {
      return EntraError.USED_CODE.reply();
    }
    if (!code.asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
      realm.wrong("token: another redirect_uri");
      return EntraError.USED_CODE.reply();
    }
    if (!EntraRealm.challenge(form.getOrDefault("code_verifier", "")).equals(code.asked.get("code_challenge"))) {
      return EntraError.WRONG_VERIFIER.reply();
    }
    var scopes = Arrays.stream(code.asked.get("scope").split(" ")).collect(Collectors.toSet());
    var answer = answer(code.person, scopes, audience(scopes));
    answer.put("id_token", identity(code));
    return Reply.json(200, answer);
  }

  private static String audience(Set<String> scopes) {
    return scopes.stream().filter(scope -> scope.contains("://")).findFirst().map(scope -> scope.substring(0, scope.lastIndexOf('/'))).orElse("");
  }

  private Reply byRefreshToken(Map<String, String> form) {
    // Once only: what comes again finds nothing.
    var grant = grants.remove(form.getOrDefault("refresh_token", ""));
    if (grant == null) {
      return EntraError.UNKNOWN_GRANT.reply();
    }
    if (grant.ended.isPresent()) {
      grants.put(form.get("refresh_token"), grant);
      return grant.ended.get().reply();
    }
    if (grant.issued.plus(IDLE).isBefore(realm.clock().instant())) {
      return EntraError.IDLE.reply();
    }
    refreshes.incrementAndGet();
    return Reply.json(200, answer(grant.person, grant.scopes, grant.audience));
  }

  private Map<String, Object> answer(EntraRealm.Person person, Set<String> scopes, String audience) {
    var answer = new LinkedHashMap<String, Object>();
    var allowed = scopes.stream().filter(scope -> scope.contains("://")).map(EntraRealm::shortScope).collect(Collectors.toSet());
    answer.put("token_type", "Bearer");
    answer.put("scope", String.join(" ", scopes));
    answer.put("expires_in", life.toSeconds());
    answer.put("access_token", realm.issued().issue(audience, person.tid(), Optional.of(person.oid()), allowed, life).value());
    if (scopes.contains("offline_access")) {
      var next = IssuedTokens.random();
      grants.put(next, new Grant(person, scopes, audience, realm.clock().instant(), Optional.empty()));
      answer.put("refresh_token", next);
    }
    return answer;
  }

  private String identity(Code code) {
    var now = realm.clock().instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>(Map.of("iss", realm.url() + "/" + code.person.tid() + "/v2.0", "aud", realm.application().id(),
        "iat", now, "nbf", now, "exp", now + 3_600, "oid", code.person.oid(), "tid", code.person.tid(), "sub", "pairwise-" + code.person.oid(),
        "nonce", code.asked.get("nonce"), "preferred_username", code.person.address()));
    claims.put("name", code.person.name());
    claims.put("ver", "2.0");
    claims.putAll(forged);
    return (otherKey ? STRANGERS_KEY : key).sign(claims);
  }

  private Reply byApplication(String tenant, Map<String, String> form) {
    if (!realm.hasConsented(tenant)) {
      return EntraError.NO_APPLICATION.reply();
    }
    var scope = form.getOrDefault("scope", "");
    if (!scope.endsWith("/.default")) {
      realm.wrong("token: client_credentials for " + scope);
      return EntraError.BAD_SCOPE.reply();
    }
    var token = realm.issued().issue(scope.substring(0, scope.length() - "/.default".length()), tenant, Optional.empty(),
        Set.of("Mail.ReadWrite", "Mail.Send"), life);
    return Reply.json(200, Map.of("token_type", "Bearer", "expires_in", life.toSeconds(), "access_token", token.value()));
  }
}
