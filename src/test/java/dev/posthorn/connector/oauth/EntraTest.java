package dev.posthorn.connector.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.secret.Secret;
import dev.posthorn.simulator.EntraError;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GoogleRealm;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class EntraTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path files;

  @Inject TokenEndpoints endpoints;
  @Inject OAuthConfig config;

  private final String directory = UUID.randomUUID().toString();
  private Simulator simulator;
  private EntraRealm realm;

  /// The operator's settings.
  private record App(String loginUrl, String graphUrl, Optional<String> clientId, Optional<String> clientSecret, Optional<Path> certificate,
      Optional<Path> certificateKey, String signInTenant) implements Microsoft365Config {}

  @BeforeEach
  void start() {
    simulator = Simulator.start();
    realm = simulator.add(new EntraRealm());
    realm.consent(directory);
  }

  @AfterEach
  void stop() {
    simulator.close();
    assertThat(simulator.complaints().all()).isEmpty();
  }

  private Entra entra(Optional<String> secret, Optional<String> certificate) {
    return new Entra(new App(realm.url(), simulator.url() + "/graph", Optional.of("app"), secret, certificate.map(name -> files.resolve(name + ".pem")),
        certificate.map(name -> files.resolve(name + ".key")), "common"), config, endpoints, Clock.systemUTC());
  }

  private void registered(String certificate) {
    realm.registered(new EntraRealm.Application("app", "s3cret", certificate, Set.of()));
  }

  /// Makes a certificate with its key, as PEM.
  private static String certificate(String name) throws IOException, InterruptedException, GeneralSecurityException {
    var store = files.resolve(name + ".p12");
    var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "key", "-keyalg", "RSA",
        "-keysize", "2048", "-dname", "CN=posthorn", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
        .redirectErrorStream(true).start();
    assertThat(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("error");
    made.waitFor();
    var keys = KeyStore.getInstance("PKCS12");
    try (var bytes = Files.newInputStream(store)) {
      keys.load(bytes, PASSWORD.toCharArray());
    }
    var pem = pem("CERTIFICATE", keys.getCertificate("key").getEncoded());
    Files.writeString(files.resolve(name + ".pem"), pem);
    Files.writeString(files.resolve(name + ".key"), pem("PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded()));
    return pem;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what + "-----\n";
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -10, 10})
  void aCertificateProvesWhoWeAreWhateverTheClockSays(long minutes) throws Exception {
    registered(certificate("good" + minutes));
    simulator.clock().advance(Duration.ofMinutes(minutes));

    assertThat(entra(Optional.empty(), Optional.of("good" + minutes)).ofApplication(directory)).isInstanceOf(TokenReply.Granted.class);
  }

  @Test
  void anotherCertificateIsRefusedAndSaid() throws Exception {
    certificate("ours");
    registered(certificate("registered"));

    assertThat(entra(Optional.empty(), Optional.of("ours")).ofApplication(directory)).isInstanceOfSatisfying(TokenReply.Refused.class, refused -> {
      assertThat(refused.code()).isEqualTo("AADSTS700027");
      assertThat(refused.isDeath()).isFalse();
    });
  }

  @Test
  void aWrongSecretIsRefusedAndSaid() {
    registered(null);

    assertThat(entra(Optional.of("another"), Optional.empty()).ofApplication(directory)).isInstanceOfSatisfying(TokenReply.Refused.class,
        refused -> assertThat(refused.code()).isEqualTo("AADSTS7000215"));
    assertThat(entra(Optional.of("s3cret"), Optional.empty()).ofApplication(directory)).isInstanceOf(TokenReply.Granted.class);
  }

  @Test
  void aDirectoryThatIsNoneIsSaid() {
    registered(null);

    assertThat(entra(Optional.of("s3cret"), Optional.empty()).ofApplication(UUID.randomUUID().toString()))
        .isInstanceOfSatisfying(TokenReply.Refused.class, refused -> assertThat(refused.code()).isEqualTo("AADSTS90002"));
  }

  @Test
  void anEndpointThatDiesOrIsThrottledIsTrouble() { // P-07
    registered(null);
    var entra = entra(Optional.of("s3cret"), Optional.empty());

    realm.faults().next(new Fault.CutOff());
    assertThat(entra.ofApplication(directory)).isInstanceOf(TokenReply.Trouble.class);
    realm.faults().next(Fault.throttled("7"));
    assertThat(entra.ofApplication(directory)).isInstanceOfSatisfying(TokenReply.Trouble.class,
        trouble -> assertThat(trouble.after()).contains(Duration.ofSeconds(7)));
    realm.faults().next(Fault.status(502));
    assertThat(entra.ofApplication(directory)).isInstanceOf(TokenReply.Trouble.class);
    realm.faults().next(EntraError.UNAVAILABLE.fault());
    assertThat(entra.ofApplication(directory)).isInstanceOf(TokenReply.Trouble.class);
    assertThat(entra.ofApplication(directory)).isInstanceOf(TokenReply.Granted.class);
  }

  @Test
  void aNationalCloudIsAnotherAddress() {
    registered(null);
    var elsewhere = new Entra(new App("https://login.microsoftonline.us", "https://graph.microsoft.us", Optional.of("app"), Optional.of("s"), Optional.empty(),
        Optional.empty(), "organizations"), config, endpoints, Clock.systemUTC());

    assertThat(elsewhere.authorizationUrl(new SignIn.Question(Optional.empty(), true, Optional.of("it@acme.example"), "state", "nonce", "challenge")))
        .startsWith("https://login.microsoftonline.us/organizations/oauth2/v2.0/authorize?client_id=app&")
        .contains("scope=offline_access%20openid%20profile%20https%3A%2F%2Fgraph.microsoft.us%2FMail.ReadWrite%20", "code_challenge_method=S256",
            "login_hint=it%40acme.example");
    assertThat(elsewhere.adminConsentUrl("state")).startsWith("https://login.microsoftonline.us/organizations/v2.0/adminconsent?")
        .contains("scope=https%3A%2F%2Fgraph.microsoft.us%2F.default");
  }

  @Test
  void aServiceAccountSpeaksForThoseOfItsDomain() throws Exception {
    certificate("account");
    var google = simulator.add(new GoogleRealm());
    var keys = KeyStore.getInstance("PKCS12");
    try (var bytes = Files.newInputStream(files.resolve("account.p12"))) {
      keys.load(bytes, PASSWORD.toCharArray());
    }
    google.with(new GoogleRealm.ServiceAccount("robot@project.example", keys.getCertificate("key").getPublicKey(), "acme.example"));
    var settings = new GoogleApp(google.url() + "/o/oauth2/v2/auth", google.url() + "/token", google.url() + "/certs", google.url(), simulator.url() + "/gmail",
        Optional.empty(), Optional.empty());
    var account = ServiceAccount.read(Secret.of(new ObjectMapper().writeValueAsString(Map.of("type", "service_account",
        "client_email", "robot@project.example", "private_key_id", "k1", "private_key", Files.readString(files.resolve("account.key")),
        "token_uri", "https://evil.example/token")))).orElseThrow();
    var asked = new Google(settings, config, endpoints, Clock.systemUTC());

    assertThat(asked.ofServiceAccount(account, "support@acme.example")).isInstanceOfSatisfying(TokenReply.Granted.class,
        granted -> assertThat(simulator.tokens().find(granted.accessToken().reveal()).orElseThrow().user()).contains("support@acme.example"));
    assertThat(asked.ofServiceAccount(account, "ceo@other.example")).isInstanceOfSatisfying(TokenReply.Refused.class,
        refused -> assertThat(refused.error()).isEqualTo("unauthorized_client"));
    assertThat(account.toString()).doesNotContain("PRIVATE");
  }

  /// The operator's settings at Google.
  private record GoogleApp(String authorizeUrl, String tokenUrl, String keysUrl, String issuer, String apiUrl, Optional<String> clientId,
      Optional<String> clientSecret) implements GmailApiConfig {}

  @Test
  void whatIsNoKeyFileIsNoServiceAccount() {
    assertThat(ServiceAccount.read(Secret.of("not json"))).isEmpty();
    assertThat(ServiceAccount.read(Secret.of("{\"type\":\"authorized_user\",\"client_email\":\"a@b\",\"private_key\":\"x\"}"))).isEmpty();
    assertThat(ServiceAccount.read(Secret.of("null"))).isEmpty();
  }
}
