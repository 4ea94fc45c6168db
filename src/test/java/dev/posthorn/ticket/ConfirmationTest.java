package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class ConfirmationTest {
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk();
    team(team -> team.autoConfirm = true);
  }

  private void team(Consumer<Team> change) {
    desk.in(() -> {
      change.accept(Desk.bean(Teams.class).findById(desk.lodger.teamId()));
      return null;
    });
  }

  private List<OutboundMail> leaving() {
    return desk.in(() -> Desk.bean(Outbox.class).listAll());
  }

  private UUID confirmation(UUID ticket) {
    return desk.get("/tickets/{id}/messages", ticket).getUUID("items.find { it.direction == 'outbound' }.id");
  }

  @Test
  void whoeverOpensATicketIsToldOnce() { // AT-04
    var opening = desk.arrives(desk.from("Anna <anna@customer.example>").id("opens@customer.example").header("References", "<before@customer.example>"));
    desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<opens@customer.example>").body("One more thing."));

    Mail mail = desk.sent(confirmation(opening.ticketId));

    assertThat(leaving()).hasSize(1).first().satisfies(row -> assertThat(row.envelopeFrom).isEmpty());
    assertThat(mail.header("Auto-Submitted")).contains("auto-replied");
    assertThat(mail.header("X-Auto-Response-Suppress")).contains("All");
    assertThat(mail.inReplyTo()).containsExactly(new MessageId("opens@customer.example"));
    assertThat(mail.references()).containsExactly(new MessageId("before@customer.example"), new MessageId("opens@customer.example"));
    assertThat(mail.to()).extracting(Object::toString).hasSize(1);
    assertThat(mail.to().getFirst().address()).isEqualTo("anna@customer.example");
    assertThat(mail.subject()).isEqualTo("We have received your message: It does not work");
    assertThat(mail.text()).startsWith("Hello,\n\nthank you").contains("Your reference number: 1\n").contains("Subject: It does not work");
    assertThat(mail.replyTo().getFirst().address()).contains("+");
    assertThat(desk.get("/tickets/{id}", opening.ticketId).getBoolean("unanswered")).isTrue();
    assertThat(desk.get("/tickets/{id}/timeline", opening.ticketId).getList("items.event.kind")).contains("ticket.confirmed");
  }

  @Test
  void theAnswerToAConfirmationJoinsAndAReplyIsStillToTheNewest() { // AT-04, WX-11
    var opening = desk.arrives(desk.from("anna@customer.example"));
    var told = confirmation(opening.ticketId);

    desk.reply(opening.ticketId, java.util.Map.of("text", "Done.", "strict", true, "inReplyToMessageId", opening.messageId)).statusCode(202);
    var answer = desk.arrives(desk.from("anna@customer.example").header("In-Reply-To",
        "<" + desk.get("/messages/{id}", told).getString("messageId") + ">"));

    assertThat(answer.ticketId).isEqualTo(opening.ticketId);
    assertThat(desk.get("/messages/{id}", told).getString("classification")).isEqualTo("auto-reply");
  }

  @Test
  void aTeamThatDoesNotAskForItConfirmsNothing() {
    team(team -> team.autoConfirm = false);

    desk.arrives(desk.from("anna@customer.example"));

    assertThat(leaving()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auto-Submitted: auto-generated", "Precedence: bulk", "List-Id: <l.customer.example>", "X-Auto-Response-Suppress: All",
      "X-Autoreply: yes", "X-Loop: me@customer.example", "From: no-reply@customer.example", "From: mailer-daemon@customer.example", "Return-Path: <>"})
  void programsAreNotAnswered(String field) { // AT-04, P-28
    var name = field.substring(0, field.indexOf(':'));

    var row = desk.arrives(desk.from("anna@customer.example").header(name, field.substring(name.length() + 2)));

    assertThat(row.state).isEqualTo("ticketed");
    assertThat(leaving()).isEmpty();
  }

  @Test
  void addressesOfOurOwnAreNotAnswered() { // OD-27
    var own = desk.lodger.address();
    desk.in(() -> Desk.bean(dev.posthorn.channel.Suppressions.class).deleteAll());

    desk.arrives(SampleMail.from(own.replace("@", "+x@")).to(own).subject("Test"));
    desk.arrives(SampleMail.from(own).to(own).subject("Another test"));

    assertThat(leaving()).isEmpty();
  }

  @Test
  void whoIsListedIsNotAnswered() { // OD-25
    Desk.as(desk.admin).contentType("application/json").body(java.util.Map.of("pattern", "@listed.example")).post("/api/v1/suppressions").then().statusCode(201);

    desk.arrives(desk.from("anna@listed.example"));

    assertThat(leaving()).isEmpty();
  }

  @Test
  void aFloodInOnePersonsNameIsAnsweredAFewTimes() { // AT-04
    for (int i = 0; i < 8; i++) {
      assertThat(desk.arrives(desk.from("victim@customer.example").subject("Offer of kind " + (char) ('a' + i))).state).isEqualTo("ticketed");
    }

    assertThat(leaving()).hasSize(3);
  }

  @Test
  void aFloodInManyNamesIsAnsweredUpToABound() { // AT-04
    var ids = java.util.stream.IntStream.range(0, 80)
        .mapToObj(i -> desk.house.bring(desk.lodger, desk.from("victim" + i + "@customer.example").bytes())).toList();
    ids.forEach(id -> assertThat(desk.house.settled(desk.lodger, id).state).isEqualTo("ticketed"));

    assertThat(leaving()).hasSize(60);
  }

  @Test
  void theSenderIsTheDisplayNameOrTheCompany() { // EH-25
    team(team -> team.displayName = "Parts Desk");
    var shown = desk.sent(confirmation(desk.arrives(desk.from("anna@customer.example")).ticketId));
    team(team -> team.useDisplayNameInAutoReplies = false);
    var company = desk.sent(confirmation(desk.arrives(desk.from("bob@customer.example")).ticketId));

    assertThat(shown.from().orElseThrow().name()).isEqualTo("Parts Desk");
    assertThat(shown.text()).endsWith("Parts Desk");
    assertThat(company.from().orElseThrow().name()).startsWith("Tenant ");
    assertThat(company.from().orElseThrow().address()).isEqualTo(shown.from().orElseThrow().address());
  }

  @ParameterizedTest
  @CsvSource({"en, We have received your message: , Subject: ", "de, Wir haben Ihre Nachricht erhalten: , Betreff: ", "de-AT, Wir haben, Vorgangsnummer: 1",
      "fr, Nous avons bien reçu votre message : , Objet : ", "pl, Otrzymaliśmy Twoją wiadomość: , Temat: ", "no, Vi har mottatt meldingen din: , Emne: ",
      "nb, Vi har mottatt, Emne: ", "es, Hemos recibido su mensaje: , Asunto: ", "it, Abbiamo ricevuto il suo messaggio: , Oggetto: ",
      "nl, Wij hebben uw bericht ontvangen: , Onderwerp: ", "pt, Recebemos a sua mensagem: , Assunto: ", "ru, Мы получили ваше сообщение: , Тема: ",
      "ja, お問い合わせを受け付けました：, 件名：", "sw, We have received your message: , Subject: "})
  void itSpeaksTheTenantsLanguage(String locale, String subject, String text) { // AT-04
    desk.in(() -> Desk.bean(Tenants.class).<Tenant>findById(desk.lodger.tenant().value()).locale = locale);

    var mail = desk.sent(confirmation(desk.arrives(desk.from("anna@customer.example").subject("Größe & <b>{x}</b> \\n 大")).ticketId));

    assertThat(mail.subject()).startsWith(subject).endsWith("Größe & <b>{x}</b> \\n 大");
    assertThat(mail.text()).contains(text).contains("Größe & <b>{x}</b> \\n 大").contains("\n\n").doesNotContain("{number}");
  }
}
