package dev.posthorn.login;

import static dev.posthorn.login.Reception.json;
import static dev.posthorn.login.Reception.link;
import static dev.posthorn.login.Reception.made;
import static dev.posthorn.login.Reception.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class InvitationTest {
  @Inject Session rows;

  private Reception reception;

  @BeforeEach
  void open() {
    reception = new Reception(new BelievingDoorkeeper(), rows);
  }

  @Test
  void anInvitationThatWasTakenBackOrIsTooOldIsGoodForNothing() {
    var admin = reception.founder();
    var id = made(admin, "/invitations", "{\"email\":\"ben@" + reception.domain + "\",\"name\":\"Ben\",\"role\":\"agent\"}");
    var link = link(reception.mailTo(tenant(admin), "ben@" + reception.domain));
    assertThat(admin.api("DELETE", "/invitations/" + id, null).statusCode()).isEqualTo(204);
    var old = reception.invite(admin, "cleo");
    reception.change(admin, "update invitation set expires_at = now() - interval '1 second'");

    for (var used : List.of(link, old)) {
      var visitor = reception.visitor(UUID.randomUUID().toString(), "x@elsewhere.example", true);
      visitor.open(used);
      assertThat(visitor.signIn("acme").body()).doesNotContain(reception.acme());
      assertThat(visitor.choose(Map.of("way", "accept")).statusCode()).isEqualTo(403);
    }
    assertThat(json(admin.api("GET", "/invitations", null)).get("items").get(0).get("state").asText()).isEqualTo("expired");
  }

  @Test
  void nobodyIsInvitedIntoATeamThatIsNotThere() {
    var admin = reception.founder();
    var ben = "{\"email\":\"ben@" + reception.domain + "\",\"name\":\"Ben";

    assertThat(admin.api("POST", "/invitations", ben + "\",\"role\":\"agent\",\"teamIds\":[\"" + UUID.randomUUID() + "\"]}").statusCode()).isEqualTo(422);
    assertThat(admin.api("POST", "/invitations", ben + "\\r\\nBcc: x@y.example\",\"role\":\"agent\"}").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "en,invites you to Posthorn,'as agent'", "en-GB,invites you to Posthorn,'as agent'", "eo,invites you to Posthorn,'as agent'",
    "de-CH,lädt Sie zu Posthorn ein,Ihre Rolle: Bearbeitung", "fr,vous invite sur Posthorn,Votre rôle : agent", "it,la invita su Posthorn,Il suo ruolo: agente",
    "es,le invita a Posthorn,Su función: agente", "pt-BR,convida-o para o Posthorn,A sua função: agente", "nl,nodigt u uit voor Posthorn,Uw rol: medewerker",
    "pl,zaprasza do Posthorn,Rola: obsługa", "nb,inviterer deg til Posthorn,Din rolle: saksbehandler", "ru,приглашает вас в Posthorn,Ваша роль: обработка обращений",
    "ja,から Posthorn への招待,役割：担当者"
  })
  void itSpeaksTheTenantsLanguage(String locale, String subject, String role) throws MessagingException, IOException {
    var tenant = FoundedTenant.found();
    tenant.patch("tenant", Map.of("locale", locale, "timeZone", "Asia/Tokyo", "name", "Grün & <b>{x}</b>")).statusCode(200);

    tenant.made("invitations", Map.of("email", "ben@" + reception.domain, "name", "Ben Größe", "role", "agent"));

    var mail = new MimeMessage(null, new ByteArrayInputStream(reception.mailTo(tenant, "ben@" + reception.domain).getBytes(StandardCharsets.UTF_8)));
    assertThat(mail.getSubject()).contains(subject).contains("Grün & <b>{x}</b>");
    var text = mail.getContent().toString();
    assertThat(text).contains(role, "Ben Größe", "Grün & <b>{x}</b>", "(Asia/Tokyo)").doesNotContain("{name}", "{company}", "{until}");
    assertThat(Reception.link(text)).startsWith(LoginResource.INVITATIONS);
  }
}
