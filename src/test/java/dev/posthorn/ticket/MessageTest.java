package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.posthorn.mail.Sha256;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What came in, as it was read and as it is.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class MessageTest {
  private static final String HTML_FILE = "<html><script>alert(1)</script></html>";

  private final Desk desk = new Desk();

  @Test
  void aMessageShowsWhatWasRead() { // WX-01, OD-02, AT-01
    var mail = desk.arrives(desk.from("Anna Example <anna@customer.example>").id("m1@customer.example").subject("Heating")
        .header("Cc", "Bob <bob@customer.example>").header("In-Reply-To", "<m0@customer.example>").header("References", "<m0@customer.example>")
        .body("Still cold.\n\nOn Monday Support wrote:\n> Is it warm?\n"));

    var message = desk.get("/messages/{id}", mail.messageId);

    assertThat(message.getString("direction")).isEqualTo("inbound");
    assertThat(message.getString("channel")).isEqualTo("email");
    assertThat(message.getString("from.name") + message.getString("from.address")).isEqualTo("Anna Exampleanna@customer.example");
    assertThat(message.getList("to.address")).containsExactly(desk.lodger.address());
    assertThat(message.getList("cc.name")).containsExactly("Bob");
    assertThat(message.getList("bcc")).isEmpty();
    assertThat(message.getString("subject")).isEqualTo("Heating");
    assertThat(message.getString("messageId")).isEqualTo("m1@customer.example");
    assertThat(message.getList("inReplyTo")).containsExactly("m0@customer.example");
    assertThat(message.getList("references")).containsExactly("m0@customer.example");
    assertThat(message.getString("sentAt")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(message.getString("receivedAt")).isNotNull();
    assertThat(message.getString("text")).contains("> Is it warm?");
    assertThat(message.getString("newText")).isEqualTo("Still cold.");
    assertThat(message.getString("placedBy")).isEqualTo("new");
    assertThat(message.getMap("")).containsEntry("delivery", null).containsEntry("outboundChannel", null);
  }

  @Test
  void messagesAreInTheOrderOfTime() { // TH-40
    var first = desk.arrives(desk.from("anna@customer.example").id("o1@customer.example"));
    var wanted = new ArrayList<>(List.of(first.messageId));
    wanted.add(desk.reply(first.ticketId, Map.of("text", "Done.")).statusCode(202).extract().jsonPath().getUUID("id"));
    wanted.add(desk.arrives(desk.from("anna@customer.example").header("In-Reply-To", "<o1@customer.example>").body("More")).messageId);

    var page = desk.get("/tickets/{id}/messages?limit=2&count=true", first.ticketId);
    var rest = desk.get("/tickets/{id}/messages?limit=2&after={after}", first.ticketId, page.getString("next"));

    assertThat(page.getInt("total")).isEqualTo(3);
    var seen = new ArrayList<>(page.getList("items.id", UUID.class));
    seen.addAll(rest.getList("items.id", UUID.class));
    assertThat(seen).isEqualTo(wanted);
    assertThat(rest.getString("next")).isNull();
  }

  @Test
  void theOriginalIsTheVeryBytes() {
    var bytes = desk.from("anna@customer.example").header("X-Odd", "  spaced \t out ").body("a\n.\nb \n\n").bytes();
    var mail = desk.house.filed(desk.lodger, bytes);

    var answer = Desk.as(desk.admin).get("/api/v1/messages/{id}/raw", mail.messageId);

    assertThat(answer.asByteArray()).isEqualTo(bytes);
    assertThat(answer.contentType()).isEqualTo("message/rfc822");
    harmless(answer.then().statusCode(200).header("Content-Length", equalTo(String.valueOf(bytes.length))));
    var tag = answer.header("ETag");
    Desk.as(desk.admin).header("If-None-Match", tag).get("/api/v1/messages/{id}/raw", mail.messageId).then().statusCode(304)
        .header("ETag", equalTo(tag));
  }

  @Test
  void aLargeOriginalIsStreamedWhole() {
    var bytes = desk.from("anna@customer.example").body("0123456789abcdef\n".repeat(200_000)).bytes();
    var mail = desk.house.filed(desk.lodger, bytes);

    assertThat(Sha256.digest(desk.raw(mail.messageId))).isEqualTo(Sha256.digest(bytes));
  }

  @Test
  void activeContentIsServedAsBytesToBeSaved() { // WX-01
    var message = withFiles();

    var html = Desk.as(desk.admin).get("/api/v1/attachments/{id}", message.getString("attachments.find { it.name == 'page.html' }.id"));

    assertThat(html.asByteArray()).isEqualTo(HTML_FILE.getBytes(StandardCharsets.UTF_8));
    assertThat(html.contentType()).isEqualTo("application/octet-stream");
    harmless(html.then().statusCode(200)
        .header("ETag", equalTo('"' + Sha256.digest(HTML_FILE.getBytes(StandardCharsets.UTF_8)).hex() + '"'))
        .header("Content-Disposition", equalTo("attachment; filename=\"page.html\"; filename*=UTF-8''page.html")));
  }

  @Test
  void inertTypesKeepTheirsAndNamesTheirLetters() { // AT-11
    var message = withFiles();
    var pdf = message.getMap("attachments.find { it.contentType == 'application/pdf' }");
    assertThat(pdf).containsEntry("name", "Übersicht.pdf").containsEntry("size", 3).containsEntry("inline", false)
        .containsEntry("sha256", Sha256.digest(new byte[] {1, 2, 3}).hex());

    var answer = Desk.as(desk.admin).get("/api/v1/attachments/{id}", pdf.get("id"));

    assertThat(answer.contentType()).isEqualTo("application/pdf");
    assertThat(answer.asByteArray()).containsExactly(1, 2, 3);
    harmless(answer.then().header("Content-Disposition", equalTo("attachment; filename=\"_bersicht.pdf\"; filename*=UTF-8''%C3%9Cbersicht.pdf")));
    Desk.as(desk.admin).header("If-None-Match", answer.header("ETag")).get("/api/v1/attachments/{id}", pdf.get("id")).then().statusCode(304);
  }

  @Test
  void scriptsOfAMailAreNeverShown() { // WX-01
    var mail = desk.arrives(desk.from("anna@customer.example").header("Content-Type", "text/html; charset=utf-8")
        .body("<table><tr><td>cell</td></tr></table><script>alert(1)</script><a href=\"javascript:alert(2)\">x</a>"
            + "<img src=\"https://tracker.example/p.gif\">"));

    var html = desk.get("/messages/{id}", mail.messageId).getString("html");

    assertThat(html).contains("<td>cell</td>").doesNotContain("alert").doesNotContain(" src=\"https://tracker");
  }

  @Test
  void whatIsNewIsShownWithItsConfidence() { // P-50
    var sure = desk.arrives(desk.from("anna@customer.example").body("Still cold.\n\nOn Mon, 2 Mar 2026 at 09:15, Desk <d@x.example> wrote:\n> Is it warm?\n"));
    var mixed = desk.arrives(desk.from("anna@customer.example").body("Hello\n> Is it warm?\nNo.\n> Really?\nYes.\n"));

    var split = desk.get("/messages/{id}", sure.messageId);
    var whole = desk.get("/messages/{id}", mixed.messageId);

    assertThat(split.getString("newText")).isEqualTo("Still cold.");
    assertThat(split.getString("newTextConfidence")).isEqualTo("high");
    assertThat(split.getString("text")).contains("> Is it warm?");
    assertThat(whole.getString("newText")).isEqualTo(whole.getString("text"));
    assertThat(whole.getString("newTextConfidence")).isEqualTo("low");
  }

  @Test
  void aMessageIsAPageInASandbox() { // WX-01, EH-13
    var mail = desk.arrives(desk.from("anna@customer.example").header("MIME-Version", "1.0").header("Content-Type", "multipart/related; boundary=cut").body("""
        --cut
        Content-Type: text/html

        <table><tr><td>cell</td></tr></table><img src="cid:logo"><img src="https://tracker.example/p.gif"><script>alert(1)</script>
        --cut
        Content-Type: image/png
        Content-ID: <logo>
        Content-Disposition: inline; filename=logo.png
        Content-Transfer-Encoding: base64

        AQID
        --cut--
        """));
    var logo = desk.get("/messages/{id}", mail.messageId).getString("attachments[0].id");

    var blocked = Desk.as(desk.admin).get("/api/v1/messages/{id}/html", mail.messageId);
    var allowed = Desk.as(desk.admin).get("/api/v1/messages/{id}/html?remoteImages=allow", mail.messageId);

    assertThat(desk.get("/messages/{id}", mail.messageId).getInt("blockedImages")).isEqualTo(1);
    assertThat(blocked.contentType()).isEqualTo("text/html;charset=utf-8");
    assertThat(blocked.asString()).contains("<td>cell</td>", "<img src=\"/api/v1/attachments/" + logo + "\"").doesNotContain("alert", " src=\"https:");
    blocked.then().statusCode(200).header("Blocked-Images", "1").header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", startsWith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:;"));
    assertThat(allowed.asString()).contains("<img src=\"https://tracker.example/p.gif\"");
    allowed.then().header("Blocked-Images", "0");
    Desk.as(desk.admin).get("/api/v1/messages/{id}/html?remoteImages=yes", mail.messageId).then().statusCode(400);
    assertThat(Desk.as(desk.admin).get("/api/v1/attachments/{id}", logo).asByteArray()).containsExactly(1, 2, 3);
    assertThat(Desk.as(desk.admin).get("/api/v1/messages/{id}/html?images=embedded", mail.messageId).asString())
        .contains("<img src=\"data:image/png;base64,AQID\"").doesNotContain("/api/v1/attachments/");
  }

  private JsonPath withFiles() {
    var encoder = Base64.getEncoder();
    var mail = desk.arrives(desk.from("anna@customer.example").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/mixed; boundary=cut").body("""
            --cut
            Content-Type: text/plain

            See the files.
            --cut
            Content-Type: text/html
            Content-Disposition: attachment; filename=page.html
            Content-Transfer-Encoding: base64

            %s
            --cut
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=UTF-8''%%C3%%9Cbersicht.pdf
            Content-Transfer-Encoding: base64

            %s
            --cut--
            """.formatted(encoder.encodeToString(HTML_FILE.getBytes(StandardCharsets.UTF_8)), encoder.encodeToString(new byte[] {1, 2, 3}))));
    return desk.get("/messages/{id}", mail.messageId);
  }

  private static void harmless(ValidatableResponse answer) {
    answer.header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Content-Security-Policy", equalTo("sandbox; default-src 'none'"))
        .header("Content-Disposition", startsWith("attachment; "))
        .header("Content-Encoding", nullValue());
  }
}
