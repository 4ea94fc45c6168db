package dev.posthorn.connector.smtp;

import static dev.posthorn.connector.MailSenderContract.dispatch;
import static dev.posthorn.connector.MailSenderContract.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.secret.Secret;
import dev.posthorn.connector.SelfSigned;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/// The relay's account is read from `quarkus.mailer.*` as quarkus-mailer reads it.
class RelayAccountTest {

  @Test
  void hostAloneMeansPort25AndTlsWhereItIsOffered() {
    var account = account("host", "relay.example");

    assertThat(account.where()).isEqualTo("relay.example:25");
    assertThat(account.security()).isEqualTo(Security.STARTTLS);
    assertThat(account.demandsStartTls()).isFalse();
    assertThat(account.login()).isEqualTo(new Login.None());
    assertThat(account.trust().checksName()).isTrue();
    assertThat(account.limits().lines()).isEqualTo(10);
    assertThat(account.limits().verdict()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void userAndPasswordMeanALoginThatNeedsTls() {
    var account = account("host", "relay.example", "port", "587", "username", "posthorn", "password", "open sesame");

    assertThat(account.port()).isEqualTo(587);
    assertThat(account.login()).isEqualTo(new Login.Password("posthorn", Secret.of("open sesame"), false, List.of()));
    assertThat(account.demandsStartTls()).isTrue();
    assertThat(account.toString()).doesNotContain("open sesame");
  }

  @Test
  void tlsFromTheStartMeansPort465() {
    assertThat(account("host", "relay.example", "tls", "true"))
        .matches(account -> account.security() == Security.TLS && account.port() == 465);
    assertThat(account("host", "relay.example", "ssl", "true", "port", "2465"))
        .matches(account -> account.security() == Security.TLS && account.port() == 2465);
  }

  @Test
  void startTlsIsDemandedOrLeftOutAsConfigured() {
    assertThat(account("host", "relay.example", "start-tls", "required").security()).isEqualTo(Security.STARTTLS_REQUIRED);
    assertThat(account("host", "relay.example", "start-tls", "DISABLED").security()).isEqualTo(Security.NONE);
    assertThatThrownBy(() -> account("host", "relay.example", "start-tls", "maybe"))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("quarkus.mailer.start-tls");
  }

  @Test
  void loginIsDemandedLeftOutOrByTokenAsConfigured() {
    assertThat(account("host", "r.example", "login", "REQUIRED", "username", "u", "password", "p", "auth-methods", "LOGIN PLAIN").login())
        .isEqualTo(new Login.Password("u", Secret.of("p"), true, List.of("LOGIN", "PLAIN")));
    assertThat(account("host", "r.example", "login", "DISABLED", "username", "u", "password", "p").login())
        .isEqualTo(new Login.None());
    assertThat(account("host", "r.example", "login", "XOAUTH2", "username", "u", "password", "t").login())
        .isEqualTo(new Login.Token("u", Secret.of("t")));
    assertThatThrownBy(() -> account("host", "r.example", "login", "REQUIRED", "username", "u"))
        .isInstanceOf(ConfigurationException.class).hasMessage("quarkus.mailer.password is not set");
  }

  @Test
  void ownHostNameAndPoolAreTakenOver() {
    var account = account("host", "relay.example", "own-host-name", "mail.example.com", "max-pool-size", "3",
        "max-mails-per-connection", "7", "keep-alive", "false");

    assertThat(account.localName()).contains("mail.example.com");
    assertThat(account.limits()).matches(limits -> limits.lines() == 3 && limits.mailsPerLine() == 7 && limits.keepIdle().isZero());
  }

  @Test
  void trustInAnybodySwitchesTlsOnUnlessItIsSwitchedOff() {
    assertThat(account("host", "relay.example", "trust-all", "true"))
        .matches(account -> account.security() == Security.TLS && !account.trust().checksName());
    assertThat(account("host", "relay.example", "trust-all", "true", "tls", "false", "start-tls", "REQUIRED"))
        .matches(account -> account.security() == Security.STARTTLS_REQUIRED && !account.trust().checksName());
  }

  @Test
  void unknownTlsConfigurationIsNamed() {
    assertThatThrownBy(() -> account("host", "relay.example", "tls-configuration-name", "absent"))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("quarkus.mailer.tls-configuration-name")
        .hasMessageContaining("absent");
  }

  @Test
  void certificatesOfATrustStoreAreTrustedAndNoOthers(@TempDir Path directory) throws Exception {
    var key = SelfSigned.in(directory, "ip:127.0.0.1");
    var pem = Files.writeString(directory.resolve("relay.pem"), "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(key.certificate().getCertificate("key").getEncoded())
        + "\n-----END CERTIFICATE-----\n");
    try (var server = ScriptedSmtpServer.startWithTls(key.server()); var watch = new Watch();
        var sender = new SmtpSender(account("host", "127.0.0.1", "port", String.valueOf(server.port()),
            "start-tls", "REQUIRED", "truststore.paths", pem.toString()), watch);
        var unconfigured = new SmtpSender(account("host", "127.0.0.1", "port", String.valueOf(server.port()),
            "start-tls", "REQUIRED"), watch)) {

      var mail = dispatch("agent@example.com", mail("hello", "Hello\r\n"), "a@example.org");
      assertThat(sender.send(mail).getFirst().outcome()).isInstanceOf(Sent.class);
      assertThat(unconfigured.send(mail).getFirst().outcome()).isNotInstanceOf(Sent.class);
    }
  }

  @Test
  void namedTlsConfigurationIsUsed(@TempDir Path directory) throws Exception {
    var key = SelfSigned.in(directory, "ip:127.0.0.1");
    var named = new OneTlsConfiguration("relay", Trust.only(key.certificate()).context());
    try (var server = ScriptedSmtpServer.startEncrypted(key.server()); var watch = new Watch();
        var sender = new SmtpSender(account(named, "host", "127.0.0.1", "port", String.valueOf(server.port()),
            "tls-configuration-name", "relay"), watch)) {

      var mail = dispatch("agent@example.com", mail("hello", "Hello\r\n"), "a@example.org");
      assertThat(sender.send(mail).getFirst().outcome()).isInstanceOf(Sent.class);
    }
  }

  @Test
  void missingTrustStoreIsNamed() {
    assertThatThrownBy(() -> account("host", "relay.example", "truststore.paths", "/nowhere/relay.p12"))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("/nowhere/relay.p12");
  }

  @Test
  void onlyApprovedRecipientsGetMailWhereThatIsConfigured() {
    try (var server = ScriptedSmtpServer.start(); var watch = new Watch();
        var sender = new SmtpSender(Accounts.plain(server.port()), watch)) {
      var mailer = mailer("host", "127.0.0.1", "approved-recipients", ".*@example\\.org");
      var guarded = RelayAccount.approved(mailer).orElseThrow().before(sender);

      var deliveries = guarded.send(dispatch("agent@example.com", mail("hello", "Hello\r\n"), "real@example.net", "a@example.org"));

      assertThat(deliveries).extracting(Delivery::outcome).satisfiesExactly(
          real -> assertThat(real).isInstanceOfSatisfying(Refused.class, end -> assertThat(end.statusCode()).isEqualTo("5.7.1")),
          test -> assertThat(test).isInstanceOf(Sent.class));
      assertThat(server.taken().getFirst().recipients()).containsExactly("a@example.org");
    }
    assertThat(RelayAccount.approved(mailer("host", "relay.example"))).isEmpty();
  }

  private static SmtpAccount account(String... properties) {
    return account(new OneTlsConfiguration("unused", Trust.usual().context()), properties);
  }

  private static SmtpAccount account(OneTlsConfiguration tls, String... properties) {
    var config = config(properties);
    return RelayAccount.of(mailer(properties), config.getConfigMapping(RelayConfig.class), tls);
  }

  private static MailerRuntimeConfig mailer(String... properties) {
    return config(properties).getConfigMapping(MailersRuntimeConfig.class).mailers().get("<default>");
  }

  private static SmallRyeConfig config(String... properties) {
    Map<String, String> values = new HashMap<>();
    for (var i = 0; i < properties.length; i += 2) {
      values.put("quarkus.mailer." + properties[i], properties[i + 1]);
    }
    return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(MailersRuntimeConfig.class)
        .withMapping(RelayConfig.class).withSources(new PropertiesConfigSource(values, "test", 100)).build();
  }
}
