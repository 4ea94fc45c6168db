package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Ugly mails of `src/test/resources/mail` through the whole application: what their neighbours say of their attachments is
/// what the API lists, and each comes back byte for byte.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class AttachmentJourneyTest {
  private static final Path MAILS = Path.of("src/test/resources/mail");

  private final String operator = Company.OPERATOR;

  @Test
  void attachmentsInsideAttachedMailsAreListedWithTheirPathAndComeBackAsTheyWere() throws IOException { // AT-11, AT-12
    var company = Company.founded(operator);
    var mail = Files.readAllBytes(MAILS.resolve("139-mails-in-mails.eml"));

    assertThat(new Customer("anna@customer.example").sends(Company.smtpPort(), mail, company.address)).startsWith("250 ");

    var ticket = company.tickets(1).getString("items[0].id");
    var message = company.get("/messages/" + company.messages(ticket, 1).getString("items[0].id"));
    assertThat(message.getList("attachments.path")).containsExactly("2", "2/2", "2/2/2", "2/2/2/1", "2/2/3");
    assertAttachments(company, message, "139-mails-in-mails");
  }

  @Test
  void winmailGivesItsTextAndItsFiles() throws IOException { // P-42
    var company = Company.founded(operator);

    var message = filed(company, "059-winmail-html");

    assertThat(message.getString("html")).contains("<b>fakturę</b>");
    assertAttachments(company, message, "059-winmail-html");
  }

  @Test
  void whatWasSignedIsShownWhateverItsSignature() throws IOException { // P-41
    var company = Company.founded(operator);

    var signed = filed(company, "070-signed-opaque-in-pieces");
    var cut = filed(company, "071-signed-opaque-cut");
    var encrypted = filed(company, "072-encrypted");

    assertThat(signed.getString("text")).isEqualTo("Signed words");
    assertThat(signed.getList("flaws")).isEmpty();
    assertAttachments(company, signed, "070-signed-opaque-in-pieces");
    assertThat(cut.getString("text")).startsWith("All of this was signed.");
    assertThat(cut.getList("flaws")).containsExactly("damaged-container");
    assertThat(encrypted.getList("flaws")).containsExactly("encrypted");
    assertAttachments(company, encrypted, "072-encrypted");
  }

  @Test
  void anInlinePictureThatNothingShowsIsAnAttachment() throws IOException { // P-43
    var company = Company.founded(operator);

    var shown = filed(company, "022-inline-image");
    var notShown = filed(company, "023-inline-image-unreferenced");

    assertThat(shown.getBoolean("attachments[0].inline")).isTrue();
    assertAttachments(company, shown, "022-inline-image");
    assertThat(notShown.getBoolean("attachments[0].inline")).isFalse();
    assertAttachments(company, notShown, "023-inline-image-unreferenced");
  }

  @Test
  void uuencodedFilesLeaveTheTextAndAreAttachments() throws IOException {
    var company = Company.founded(operator);

    var message = filed(company, "084-uuencode-in-text");

    assertThat(message.getString("text")).doesNotContain("begin 644");
    assertAttachments(company, message, "084-uuencode-in-text");
  }

  private static JsonPath filed(Company company, String name) throws IOException {
    var row = company.pushed(Files.readAllBytes(MAILS.resolve(name + ".eml")));
    assertThat(row.getString("state")).isEqualTo("ticketed");
    return company.get("/messages/" + row.getString("messageId"));
  }

  private static void assertAttachments(Company company, JsonPath message, String name) throws IOException {
    List<Map<String, Object>> wanted = new ArrayList<>();
    new ObjectMapper().readTree(MAILS.resolve(name + ".json").toFile()).path("attachments").forEach(file -> wanted.add(wanted(file)));
    List<Map<String, Object>> listed = message.getList("attachments");
    assertThat(wanted).isNotEmpty();
    assertThat(listed).map(file -> {
      var shown = new HashMap<>(file);
      shown.remove("id");
      shown.values().removeIf(value -> value == null);
      return (Map<String, Object>) shown;
    }).containsExactlyElementsOf(wanted);
    for (var file : listed) {
      var bytes = company.asAdmin().get("/api/v1/attachments/" + file.get("id")).then().statusCode(200).extract().asByteArray();
      assertThat(Sha256.digest(bytes).hex()).isEqualTo(file.get("sha256"));
    }
  }

  private static Map<String, Object> wanted(JsonNode file) {
    Map<String, Object> wanted = new HashMap<>();
    for (var property : file.properties()) {
      var value = property.getValue();
      wanted.put(property.getKey(), value.isBoolean() ? (Object) value.asBoolean() : value.isInt() ? (Object) value.asInt() : value.asText());
    }
    return wanted;
  }
}
