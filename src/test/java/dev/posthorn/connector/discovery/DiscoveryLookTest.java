package dev.posthorn.connector.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.posthorn.connector.Encryption;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every source, asked of servers on this machine.
class DiscoveryLookTest {
  private static final String ADDRESS = "support@acme.example";
  private static final String FILE = """
      <?xml version="1.0"?>
      <clientConfig version="1.1"><emailProvider id="acme.example">
        <incomingServer type="pop3"><hostname>pop.acme.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
        <incomingServer type="imap"><hostname>plain.acme.example</hostname><port>143</port><socketType>plain</socketType></incomingServer>
        <incomingServer type="imap"><hostname>mail.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
          <username>%EMAILLOCALPART%</username></incomingServer>
        <outgoingServer type="smtp"><hostname>out.acme.example</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer>
      </emailProvider></clientConfig>""";

  private final Vertx vertx = Vertx.vertx();
  private final DnsResponder dns = DnsResponder.start();
  private final Watch watch = new Watch();
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
    dns.close();
    watch.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private NameServer names() {
    return new VertxNames(vertx, Optional.of(dns.address()), Duration.ofSeconds(10));
  }

  @Test
  void theDomainNamesItsServersItself() { // TH-04
    dns.srv("_imaps._tcp.acme.example", 20, 993, "second.acme.example").srv("_imaps._tcp.acme.example", 10, 993, "imap.acme.example")
        .srv("_submission._tcp.acme.example", 0, 587, "smtp.acme.example");

    assertThat(new ServiceRecords(names()).find("acme.example", ADDRESS)).contains(new MailPlaces(
        new ServerPlace("imap.acme.example", 993, Encryption.TLS), new ServerPlace("smtp.acme.example", 587, Encryption.STARTTLS), ADDRESS));
  }

  @Test
  void aDomainThatSaysItHasNoSuchServiceHasNone() {
    dns.srv("_imaps._tcp.acme.example", 0, 0, ".").srv("_submission._tcp.acme.example", 0, 587, "smtp.acme.example");

    assertThat(new ServiceRecords(names()).find("acme.example", ADDRESS)).isEmpty();
    assertThat(new ServiceRecords(names()).find("other.example", ADDRESS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"aspmx.l.google.com,imap.gmail.com", "acme-example.mail.protection.outlook.com,outlook.office365.com", "smtpin.rzone.de,imap.strato.de"})
  void theProviderIsToldByWhoTakesTheMail(String exchanger, String imap) { // TH-04
    dns.mx("acme.example", 10, exchanger);

    assertThat(KnownProviders.by(names().mailExchangers("acme.example"), ADDRESS).orElseThrow().places().imap().host()).isEqualTo(imap);
  }

  @Test
  void anUnknownProviderIsNone() {
    assertThat(KnownProviders.by(List.of("mx.acme.example", "evilgoogle.com"), ADDRESS)).isEmpty();
  }

  @Test
  void theFileForMailProgramsIsRead() { // TH-04
    serving("/mail/config-v1.1.xml", 200, FILE);

    assertThat(autoconfig().look("acme.example", ADDRESS, 2).found()).contains(new MailPlaces(
        new ServerPlace("mail.acme.example", 993, Encryption.TLS), new ServerPlace("out.acme.example", 587, Encryption.STARTTLS), "support"));
  }

  @Test
  void whatIsNotThereIsSaid() { // TH-06
    assertThat(autoconfig().look("acme.example", ADDRESS, 2).words()).isEqualTo("nothing there");
    assertThat(autoconfig().look("nowhere.example", ADDRESS, 2).words()).isEqualTo("no such host");
    serving("/.well-known/autoconfig/mail/config-v1.1.xml", 200, "<html>Welcome!</html>");
    assertThat(autoconfig().look("acme.example", ADDRESS, 3).words()).isEqualTo("no such file in what it answers");
  }

  @Test
  void aHostileFileReadsNothingOfOurs() {
    var hostile = FILE.replace("<clientConfig", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><clientConfig").replace("out.acme", "&e;");

    assertThat(AutoconfigFile.read(hostile.getBytes(StandardCharsets.UTF_8), ADDRESS)).isEmpty();
    assertThat(AutoconfigFile.read(FILE.replace("587", "x").getBytes(StandardCharsets.UTF_8), ADDRESS)).isEmpty();
    assertThat(AutoconfigFile.read(FILE.replace("out.acme.example", "a b").getBytes(StandardCharsets.UTF_8), ADDRESS)).isEmpty();
  }

  @Test
  void aRedirectionInsideIsNotFollowed() {
    http.createContext("/mail/config-v1.1.xml", exchange -> {
      exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data/");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });

    assertThat(autoconfig().look("acme.example", ADDRESS, 2).found()).isEmpty();
  }

  private void serving(String path, int status, String body) {
    http.createContext(path, exchange -> {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }

  private Autoconfig autoconfig() {
    return new Autoconfig(new Autoconfig.Manners(host -> {
      if (host.endsWith("nowhere.example")) {
        throw new UnknownHostException(host);
      }
      return List.of(InetAddress.ofLiteral("127.0.0.1"));
    }, Trust.usual(), watch, Duration.ofSeconds(10), Duration.ofSeconds(20), http.getAddress().getPort(), http.getAddress().getPort()));
  }
}
