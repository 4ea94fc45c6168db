package dev.posthorn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.ticket.ImportedTicket;
import dev.posthorn.ticket.ImportedTicket.Letter;
import dev.posthorn.ticket.ImportedTicket.Note;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tickets as other systems export them; the examples are ours, in the form that their documentation describes.
class ForeignTicketsTest {
  static final String ZENDESK = """
      {"url":"https://acme.zendesk.example/api/v2/tickets/35.json","id":35,"created_at":"2025-03-01T10:00:00Z","subject":"Printer on fire","raw_subject":"Printer on fire",
       "description":"It burns.","priority":"high","status":"pending","recipient":"help@acme.example","tags":["printer","urgent"],
       "requester":{"id":7,"name":"Anna Example","email":"anna@customer.example","role":"end-user"},
       "submitter":{"id":9,"name":"Aida Agent","email":"aida@acme.example","role":"agent"},
       "comments":[
        {"id":1,"type":"Comment","author_id":7,"body":"It burns.","html_body":"<p>It <b>burns</b>.</p>","plain_body":"It burns.","public":true,
         "created_at":"2025-03-01T10:00:00Z","attachments":[{"file_name":"fire.jpg"}],"metadata":{"system":{"message_id":"<first@customer.example>"}}},
        {"id":2,"type":"Comment","author_id":9,"body":"Call the fire brigade?","public":false,"created_at":"2025-03-01T10:05:00Z"},
        {"id":3,"type":"Comment","author_id":9,"body":"Use water.","public":true,"created_at":"2025-03-01T10:10:00Z"}]}
      """;

  static final String FRESHDESK = """
      [{"id":20,"subject":"Lost parcel","description":"<div>Where is it?</div>","description_text":"Where is it?","status":4,"priority":1,
        "created_at":"2025-04-01T08:00:00Z","to_emails":["support@globex.example"],"cc_emails":["bob@customer.example"],
        "requester":{"id":1,"name":"Anna","email":"anna@customer.example"},"tags":["parcel"],
        "conversations":[
         {"id":31,"body":"<div>We look.</div>","body_text":"We look.","incoming":false,"private":false,"from_email":"Globex <support@globex.example>",
          "to_emails":["anna@customer.example"],"created_at":"2025-04-01T09:00:00Z"},
         {"id":32,"body_text":"Is it in Berlin?","incoming":false,"private":true,"created_at":"2025-04-01T09:30:00Z"},
         {"id":33,"body_text":"Found, thanks.","incoming":true,"private":false,"created_at":"2025-04-02T09:00:00Z"}]},
       {"helpdesk_ticket":{"display_id":21,"subject":"Old form","description":"In the account export.","status":5,"created_at":"2025-05-01T08:00:00+02:00",
        "requester":{"name":"Bob","email":"bob@customer.example"},
        "notes":[{"helpdesk_note":{"id":41,"body":"Noted.","incoming":false,"private":false,"created_at":"2025-05-01T09:00:00+02:00"}}]}}]
      """;

  private static final ImportLimits LIMITS = new ImportLimits(1 << 20, 10_000, 1_000, 100, 100, 100, 1 << 24, 1 << 20, 1 << 20, 1 << 16);

  private static List<Item> items(String json, boolean zendesk) throws IOException {
    var items = new ArrayList<Item>();
    new JsonTickets(LIMITS).each(() -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        (ticket, users) -> zendesk ? ZendeskTickets.item(ticket, users) : FreshdeskTickets.item(ticket), items::add);
    return items;
  }

  private static Mail mail(ImportedTicket ticket, int index) throws IOException {
    return ((Parsed.Readable) new MailParser(MailLimits.DEFAULT).parse(((Letter) ticket.entries().get(index)).raw().open())).mail();
  }

  @Test
  void aZendeskTicketIsReadWithItsCommentsInTheirOrder() throws IOException {
    var items = items(ZENDESK, true);
    assertThat(items).hasSize(1);
    var ticket = items.getFirst().source().read();
    assertThat(ticket.subject()).isEqualTo("Printer on fire");
    assertThat(ticket.statusKind()).isEqualTo("waiting");
    assertThat(ticket.requester().address()).isEqualTo("anna@customer.example");
    assertThat(ticket.tags()).containsExactlyInAnyOrder("printer", "urgent");
    assertThat(ticket.createdAt()).isEqualTo(Instant.parse("2025-03-01T10:00:00Z"));
    assertThat(ticket.entries()).hasSize(3);
    assertThat(ticket.entries().get(1)).isEqualTo(new Note("Aida Agent", "Call the fire brigade?", Instant.parse("2025-03-01T10:05:00Z")));
  }

  @Test
  void itsMailsKeepTheirMessageIdsAndAnswerOneAnother() throws IOException {
    var ticket = items(ZENDESK, true).getFirst().source().read();
    var first = mail(ticket, 0);
    var second = mail(ticket, 2);

    assertThat(first.messageId().orElseThrow().value()).isEqualTo("first@customer.example");
    assertThat(first.text()).contains("It burns.").contains("[fire.jpg]");
    assertThat(first.html().orElseThrow()).contains("<b>burns</b>");
    assertThat(second.from().orElseThrow().address()).isEqualTo("help@acme.example");
    assertThat(second.to().getFirst().address()).isEqualTo("anna@customer.example");
    assertThat(second.inReplyTo().getFirst().value()).isEqualTo("first@customer.example");
    assertThat(((Letter) ticket.entries().get(2)).outbound()).isTrue();
  }

  @Test
  void oneTicketALineAndTicketsBesideTheirUsersAreReadToo() throws IOException {
    var oneLine = ZENDESK.replace("\n", " ");
    assertThat(items(oneLine + "\n" + oneLine.replace("\"id\":35", "\"id\":36") + "\n", true)).extracting(Item::name).containsExactly("Ticket 35", "Ticket 36");

    var beside = items("""
        {"tickets":[{"id":1,"subject":"S","status":"open","created_at":"2025-01-01T00:00:00Z","requester_id":5,"description":"D"}],
         "users":[{"id":5,"name":"Eve","email":"eve@customer.example"}]}""", true);
    var ticket = beside.getFirst().source().read();
    assertThat(ticket.requester().name()).isEqualTo("Eve");
    assertThat(mail(ticket, 0).text()).contains("D");
  }

  @Test
  void aTicketOfNobodySaysWhyItCannotBe() throws IOException {
    var item = items("{\"id\":1,\"subject\":\"S\",\"created_at\":\"2025-01-01T00:00:00Z\"}", true).getFirst();

    assertThatThrownBy(() -> item.source().read()).isInstanceOf(IllegalArgumentException.class).hasMessage("The requester has no e-mail address.");
  }

  @Test
  void freshdeskTicketsAreReadInBothForms() throws IOException {
    var items = items(FRESHDESK, false);
    assertThat(items).extracting(Item::name).containsExactly("Ticket 20", "Ticket 21");
    var ticket = items.getFirst().source().read();
    var old = items.getLast().source().read();
    assertThat(ticket.statusKind()).isEqualTo("solved");
    assertThat(ticket.entries()).extracting(entry -> entry instanceof Letter letter ? letter.outbound() ? "out" : "in" : "note").containsExactly("in", "out", "note", "in");
    assertThat(mail(ticket, 0).cc().getFirst().address()).isEqualTo("bob@customer.example");
    assertThat(mail(ticket, 1).from().orElseThrow().address()).isEqualTo("support@globex.example");
    assertThat(mail(ticket, 3).text()).contains("Found, thanks.");
    assertThat(old.statusKind()).isEqualTo("closed");
    assertThat(old.createdAt()).isEqualTo(Instant.parse("2025-05-01T06:00:00Z"));
    assertThat(old.entries()).hasSize(2);
  }

  @Test
  void theSameTicketHasTheSameKeyWhicheverFileBringsIt() throws IOException {
    assertThat(Archives.key(items(ZENDESK, true).getFirst().key())).isEqualTo(Archives.key(items(ZENDESK.replace("\n", ""), true).getFirst().key()));
    assertThat(Archives.key("a")).isNotEqualTo(Archives.key("b"));
  }
}
