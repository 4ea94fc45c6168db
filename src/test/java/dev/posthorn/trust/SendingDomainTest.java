package dev.posthorn.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TinyDns;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Domains of tenants' own: the key, its record, and the signature as others check it.
@QuarkusTest
@TestProfile(SendingDomainTest.WithDns.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SendingDomainTest {
  private static final String PUBLISH = "posthorn.test.sending-domain.publish";

  /// The name server lives as long as the application that asks it; records are published as files, which both class loaders see.
  public static final class WithDns implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      // Quarkus may ask more than once: all name servers know the same.
      if (System.getProperty(PUBLISH) == null) {
        System.setProperty(PUBLISH, directory().toString());
      }
      var dns = new TinyDns().readingFrom(Path.of(System.getProperty(PUBLISH)));
      return Map.of("posthorn.trust.dns-servers", dns.address(), "posthorn.ticket.undo-window", "1h");
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("posthorn-zone");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Inject TrustConfig config;

  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  private static void publish(String name, String value) {
    try {
      Files.writeString(Path.of(System.getProperty(PUBLISH)).resolve(name), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String domain() {
    return tenant.slug() + ".example";
  }

  private JsonPath check(String id) {
    return tenant.post("sending-domains/" + id + "/checks", Map.of()).statusCode(200).extract().jsonPath();
  }

  private JsonPath verified() {
    var made = tenant.post("sending-domains", Map.of("domain", domain())).statusCode(201).extract().jsonPath();
    publish(made.getString("record.name"), made.getString("record.value"));
    assertThat(check(made.getString("id")).getString("state")).isEqualTo("verified");
    return made;
  }

  /// The bytes of a mail of ours that comes from the domain.
  private RawMail mailFrom(String channel) {
    var ticket = tenant.post("tickets", Map.of("subject", "Hello", "requester", Map.of("email", "anna@customer.example"),
        "message", Map.of("html", "<p>Grüße</p>", "outboundChannelId", channel))).statusCode(201).extract().<String>path("id");
    var message = tenant.get("tickets/" + ticket + "/messages").extract().<String>path("items[0].id");
    return RawMail.of(tenant.asAdmin().get("/api/v1/messages/" + message + "/raw").asByteArray());
  }

  private DkimCheck.Outcome checked(RawMail raw) {
    var mail = switch (new MailParser(MailLimits.DEFAULT).parse(raw)) {
      case Parsed.Readable(Mail readable) -> readable;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
    return new DkimCheck(new SigningKeys(new Lookup(config)), 5).check(mail, raw, _ -> true, Duration.ofSeconds(5));
  }

  @Test
  void aDomainIsProvenByItsRecordAndSignsFromThenOn() {
    var made = tenant.post("sending-domains", Map.of("domain", domain().toUpperCase())).statusCode(201).body("state", equalTo("pending"))
        .body("domain", equalTo(domain())).body("record.type", equalTo("TXT")).body("record.value", containsString("p=")).extract().jsonPath();
    var wish = Map.of("kind", "relay", "name", "Own", "fromAddress", "support@" + domain());
    assertThat(check(made.getString("id")).getString("lastError")).contains(made.getString("record.name"));
    tenant.post("outbound-channels", wish).statusCode(422).body("errors[0].pointer", equalTo("/fromAddress"));

    publish(made.getString("record.name"), made.getString("record.value"));
    assertThat(check(made.getString("id")).getString("state")).isEqualTo("verified");
    var mail = mailFrom(tenant.made("outbound-channels", wish));

    var outcome = checked(mail);
    assertThat(outcome.verdict()).isEqualTo(Verdict.PASS);
    assertThat(outcome.domains()).containsExactly(domain());
    tenant.delete("sending-domains/" + made.getString("id")).statusCode(409);
  }

  @Test
  void aNewKeySignsOnceItsRecordIsSeen() {
    var id = verified().getString("id");
    var channel = tenant.made("outbound-channels", Map.of("kind", "relay", "name", "Own", "fromAddress", "support@" + domain()));
    var next = tenant.post("sending-domains/" + id + "/rotations", Map.of()).statusCode(200).body("next.name", notNullValue()).extract().jsonPath();
    assertThat(check(id).getString("selector")).isEqualTo(next.getString("selector"));

    publish(next.getString("next.name"), next.getString("next.value"));
    var turned = check(id);

    assertThat(turned.getString("record.name")).isEqualTo(next.getString("next.name"));
    assertThat(turned.getString("retiredSelector")).isEqualTo(next.getString("selector"));
    assertThat(turned.getMap("next")).isNull();
    assertThat(checked(mailFrom(channel)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatIsNoDomainOrThereAlreadyIsRefused() {
    tenant.post("sending-domains", Map.of("domain", "not a domain")).statusCode(400).body("errors[0].pointer", equalTo("/domain"));
    var made = tenant.post("sending-domains", Map.of("domain", domain())).statusCode(201).extract().<String>path("id");
    tenant.post("sending-domains", Map.of("domain", domain())).statusCode(409);
    tenant.post("sending-domains/" + made + "/rotations", Map.of()).statusCode(409);
    FoundedTenant.found().get("sending-domains/" + made).statusCode(404);
    tenant.delete("sending-domains/" + made).statusCode(204);
  }

  @Test
  void aRecordOfAnotherKeyProvesNothing() {
    var made = tenant.post("sending-domains", Map.of("domain", domain())).statusCode(201).extract().jsonPath();
    publish(made.getString("record.name"), "v=DKIM1; k=rsa; p=" + SigningKey.fresh().publicKey());

    tenant.post("sending-domains/" + made.getString("id") + "/checks", Map.of()).statusCode(200).body("state", equalTo("pending"))
        .body("lastError", containsString("another key")).body("next", nullValue());
  }

  @Test
  void whateverIsWrittenCanBeTakenBackForAWhile() { // WX-18
    var ticket = tenant.post("tickets", Map.of("subject", "Hello", "requester", Map.of("email", "anna@customer.example"), "message", Map.of("text", "x")))
        .statusCode(201).extract().<String>path("id");
    var message = tenant.get("tickets/" + ticket + "/messages").body("items[0].delivery.sendAt", notNullValue()).extract().<String>path("items[0].id");

    tenant.delete("messages/" + message).statusCode(204);

    tenant.get("tickets/" + ticket + "/messages?count=true").body("total", equalTo(0));
  }
}
