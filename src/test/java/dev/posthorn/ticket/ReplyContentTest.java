package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Rich text, images and files of replies: read back from the bytes that leave.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ReplyContentTest {
  private final Desk desk = new Desk();
  private final UUID ticket = desk.ticket();

  @Test
  void richTextGoesOutWithAPlainAlternative() { // EH-12
    var reply = posted(Map.of("html", "<p>Dear <b>Anna</b>,</p><ul><li>one</li><li>two</li></ul>"));

    var mail = desk.sent(reply.getUUID("id"));
    assertThat(mail.html().orElseThrow()).contains("<b>Anna</b>", "<li>one</li>");
    assertThat(mail.text()).contains("Dear Anna,").contains("one").doesNotContain("<");
    assertThat(new String(desk.raw(reply.getUUID("id")), StandardCharsets.UTF_8)).contains("multipart/alternative");
    assertThat(reply.getString("html")).contains("<b>Anna</b>");
    assertThat(reply.getString("text")).isEqualTo(mail.text());
  }

  @Test
  void linksSurviveAndUnsafeSchemesDoNot() { // EH-14
    var reply = posted(Map.of("html", "<a href=\"https://acme.example/a?b=1\">safe</a> <a href=\"javascript:alert(1)\">bad</a>"
        + "<script>alert(2)</script><img src=x onerror=alert(3)>"));

    var html = desk.sent(reply.getUUID("id")).html().orElseThrow();
    assertThat(html).contains("https://acme.example/a?b").doesNotContainIgnoringCase("javascript").doesNotContain("alert", "onerror");
  }

  @Test
  void anInlineImageIsShownInItsPlace() { // EH-13
    var bytes = bytes(2_000);
    var image = desk.upload("logo.png", "image/png", bytes);

    var reply = posted(Map.of("html", "<p>Look: <img src=\"cid:" + image + "\"></p>", "attachmentIds", List.of(image)));

    var mail = desk.sent(reply.getUUID("id"));
    assertThat(mail.html().orElseThrow()).contains("src=\"cid:" + image + "\"");
    assertThat(mail.attachments()).singleElement().satisfies(part -> {
      assertThat(part.inline()).isTrue();
      assertThat(part.contentId()).hasValue(image.toString());
      assertThat(part.contentType()).isEqualTo("image/png");
      assertThat(part.sha256()).isEqualTo(Sha256.digest(bytes));
    });
    assertThat(reply.getMap("attachments[0]")).containsEntry("inline", true).containsEntry("contentId", image.toString());
  }

  @Test
  void filesArriveByteForByte() { // WX-16
    var pdf = bytes(300_000);
    var text = "no newline at the end\r\nbare\nlf".getBytes(StandardCharsets.UTF_8);
    var ids = List.of(desk.upload("Rechnung März.pdf", "application/pdf", pdf), desk.upload("notes.txt", "text/plain", text), desk.upload("empty.bin", "application/octet-stream", new byte[0]));

    var reply = posted(Map.of("text", "Attached.", "attachmentIds", ids));

    assertThat(desk.sent(reply.getUUID("id")).attachments()).extracting(Attachment::name, Attachment::sha256)
        .containsExactly(tuple("Rechnung März.pdf", Sha256.digest(pdf)),
            tuple("notes.txt", Sha256.digest(text)),
            tuple("empty.bin", Sha256.digest(new byte[0])));
    assertThat(reply.getList("attachments.sha256")).containsExactly(Sha256.digest(pdf).hex(), Sha256.digest(text).hex(), Sha256.digest(new byte[0]).hex());
    assertThat(Desk.as(desk.admin).get("/api/v1/attachments/{id}", reply.getString("attachments[0].id")).asByteArray()).isEqualTo(pdf);
  }

  @Test
  void filesAloneAreAReplyToo() {
    var file = desk.upload("a.pdf", "application/pdf", bytes(10));

    desk.reply(ticket, Map.of("text", "", "attachmentIds", List.of(file, file))).statusCode(202).body("attachments.name", contains("a.pdf"));
  }

  @Test
  void textIsSentAsItWasWritten() {
    var written = "Grüße 🐎\n.\n..dots\nFrom here on\n  indented";

    var reply = posted(Map.of("text", written.replace("\n", "\r\n")));

    assertThat(desk.sent(reply.getUUID("id")).text()).isEqualTo(written);
    assertThat(reply.getString("text")).isEqualTo(written);
  }

  @Test
  void whatNoTextCanHoldIsReplaced() {
    desk.reply(ticket, "{\"text\":\"a\\u0000b\"}").statusCode(202).body("text", equalTo("a\uFFFDb"));
    desk.reply(ticket, "{\"html\":\"<p>a\\u0000b</p>\"}").statusCode(202);
  }

  private JsonPath posted(Map<String, ?> body) {
    return desk.reply(ticket, body).statusCode(202).extract().jsonPath();
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
