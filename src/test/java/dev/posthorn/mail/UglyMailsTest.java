package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads every `src/test/resources/mail/NNN-what.eml` and compares it with what the `.json` beside it says (P-40). A
/// property that is not in the `.json` is not compared; `why` says what the mail is there for.
class UglyMailsTest {

  private static final Path MAILS = Path.of("src/test/resources/mail");

  static List<String> mails() throws IOException {
    try (Stream<Path> files = Files.list(MAILS)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".eml"))
          .map(f -> f.substring(0, f.length() - 4)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mails")
  void everyMailIsReadAsItsNeighbourSays(String name) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(MAILS.resolve(name + ".json").toFile());
    byte[] bytes = Files.readAllBytes(MAILS.resolve(name + ".eml"));
    try (RawMail raw = RawMail.of(bytes); Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      switch (parsed) {
        case Parsed.Unreadable(String why) -> assertThat(why).isEqualTo(expected.path("unreadable").asText());
        case Parsed.Readable(Mail mail) -> compare(mail, expected);
      }
    }
  }

  private static void compare(Mail mail, JsonNode expected) {
    SoftAssertions softly = new SoftAssertions();
    for (Map.Entry<String, JsonNode> property : expected.properties()) {
      JsonNode value = property.getValue();
      switch (property.getKey()) {
        case "why" -> softly.assertThat(value.asText()).isNotBlank();
        case "from" -> softly.assertThat(mail.from().map(UglyMailsTest::shown)).isEqualTo(text(value));
        case "to" -> softly.assertThat(shown(mail.to())).isEqualTo(texts(value));
        case "cc" -> softly.assertThat(shown(mail.cc())).isEqualTo(texts(value));
        case "replyTo" -> softly.assertThat(shown(mail.replyTo())).isEqualTo(texts(value));
        case "subject" -> softly.assertThat(mail.subject()).isEqualTo(value.asText());
        case "messageId" -> softly.assertThat(mail.messageId().map(MessageId::value)).isEqualTo(text(value));
        case "inReplyTo" -> softly.assertThat(ids(mail.inReplyTo())).isEqualTo(texts(value));
        case "references" -> softly.assertThat(ids(mail.references())).isEqualTo(texts(value));
        case "threadIndex" -> softly.assertThat(mail.threadIndex().map(t -> t.conversation() + "+" + t.answers())).isEqualTo(text(value));
        case "threadTopic" -> softly.assertThat(mail.threadTopic()).isEqualTo(value.asText());
        case "date" -> softly.assertThat(mail.date().map(Object::toString)).isEqualTo(text(value));
        case "text" -> softly.assertThat(mail.text()).isEqualTo(value.asText());
        case "html" -> softly.assertThat(mail.html()).isEqualTo(text(value));
        case "flaws" -> softly.assertThat(mail.flaws().stream().map(Flaw::code))
            .containsExactlyInAnyOrderElementsOf(texts(value));
        case "headers" -> value.properties().forEach(
            h -> softly.assertThat(mail.header(h.getKey())).contains(h.getValue().asText()));
        case "attachments" -> compareAttachments(mail, value, softly);
        default -> softly.fail("unknown property " + property.getKey());
      }
    }
    softly.assertAll();
  }

  private static void compareAttachments(Mail mail, JsonNode expected, SoftAssertions softly) {
    List<String> wanted = new ArrayList<>();
    expected.forEach(a -> wanted.add(String.join(" | ", a.path("path").asText(), a.path("name").asText(),
        a.path("contentType").asText(), a.path("size").asText(), a.path("sha256").asText(),
        a.path("inline").asText(), a.path("contentId").asText("-"))));
    List<String> found = mail.attachments().stream().map(a -> String.join(" | ", a.path(), a.name(), a.contentType(),
        "" + a.size(), hashOf(a), "" + a.inline(), a.contentId().orElse("-"))).toList();
    softly.assertThat(found).isEqualTo(wanted);
  }

  /// Of the bytes that are read, not the one that was computed on the way.
  private static String hashOf(Attachment attachment) {
    try (InputStream in = attachment.open()) {
      Sha256 read = Sha256.digest(in.readAllBytes());
      assertThat(attachment.sha256()).isEqualTo(read);
      return read.hex();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> shown(List<Address> addresses) {
    return addresses.stream().map(UglyMailsTest::shown).toList();
  }

  private static String shown(Address address) {
    return address.name().isEmpty() ? address.address() : address.name() + " <" + address.address() + ">";
  }

  private static List<String> ids(List<MessageId> ids) {
    return ids.stream().map(MessageId::value).toList();
  }

  private static Optional<String> text(JsonNode value) {
    return value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
