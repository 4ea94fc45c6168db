package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {

  private static final byte[] PNG = bytesOf(300, 1);
  private static final DraftPart PICTURE = DraftPart.inline("pic-1@desk.example", "Bild ü.png", "image/png",
      () -> new ByteArrayInputStream(PNG));

  @Test
  void everythingThatIsComposedIsReadAgain() throws IOException {
    Draft draft = new Draft(new Address("Müller, Support", "support@desk.example"),
        List.of(new Address("Анна", "anna@customer.example"), Address.of("ben@customer.example")),
        List.of(new Address("例え \"太郎\"", "taro@customer.example")),
        Optional.of(Address.of("support+rabc@desk.example")), "Ihre Anfrage – 印刷 😀 und noch viel mehr, so dass es nicht in eine Zeile passt",
        new MessageId("final@desk.example"), Optional.of(new MessageId("1@customer.example")),
        List.of(new MessageId("0@customer.example"), new MessageId("1@customer.example")),
        Instant.parse("2026-03-02T08:15:00Z"), "Grüße\n\nvon uns", Optional.of("<p>Grüße <img src=\"cid:pic-1@desk.example\"></p>"),
        List.of(PICTURE), List.of(file("注文書.pdf", 5_000), file("a\"b\\c.bin", 0)),
        List.of(new Header("Auto-Submitted", "auto-replied"), new Header("X-Grund", "größer")));

    Mail mail = composedAndRead(draft);

    assertThat(mail.from()).contains(draft.from());
    assertThat(mail.to()).isEqualTo(draft.to());
    assertThat(mail.cc()).isEqualTo(draft.cc());
    assertThat(mail.replyTo()).containsExactly(draft.replyTo().orElseThrow());
    assertThat(mail.subject()).isEqualTo(draft.subject());
    assertThat(mail.messageId()).contains(draft.messageId());
    assertThat(mail.inReplyTo()).containsExactly(new MessageId("1@customer.example"));
    assertThat(mail.references()).isEqualTo(draft.references());
    assertThat(mail.date()).contains(draft.date());
    assertThat(mail.text()).isEqualTo(draft.text());
    assertThat(mail.html().orElseThrow().strip()).isEqualTo(draft.html().orElseThrow());
    assertThat(mail.header("Auto-Submitted")).contains("auto-replied");
    assertThat(mail.header("X-Grund")).contains("größer");
    assertThat(mail.flaws()).isEmpty();
    assertThat(mail.attachments()).extracting(Attachment::name)
        .containsExactly("Bild ü.png", "注文書.pdf", "c.bin"); // what looks like a path is cut off
    assertThat(mail.attachments()).extracting(Attachment::inline).containsExactly(true, false, false);
    assertThat(mail.attachments().getFirst().sha256()).isEqualTo(Sha256.digest(PNG));
    assertThat(mail.attachments().get(1).sha256()).isEqualTo(Sha256.digest(bytesOf(5_000, 5_000)));
    assertThat(mail.attachments().get(2).size()).isZero();
  }

  @Test
  void htmlAloneGetsAPlainAlternative() throws IOException { // EH-12
    Mail mail = composedAndRead(draft(d -> d.html("<p>Hello <a href=\"https://x.example/\">there</a></p>")));

    assertThat(mail.text()).isEqualTo("Hello there <https://x.example/>");
    assertThat(mail.html()).hasValueSatisfying(h -> assertThat(h).contains("<p>Hello"));
    assertThat(mail.header("Content-Type")).hasValueSatisfying(t -> assertThat(t).startsWith("multipart/alternative"));
  }

  @Test
  void textAloneIsNoMultipart() throws IOException {
    assertThat(composedAndRead(draft(d -> d.text("Hello"))).header("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @Test
  void inlineImagesAreRelatedToTheHtml() throws IOException { // EH-13
    String mail = composed(draft(d -> d.html("<img src=\"cid:pic-1@desk.example\">").inline(PICTURE)));

    assertThat(mail).contains("multipart/related").contains("Content-ID: <pic-1@desk.example>")
        .contains("Content-Disposition: inline").doesNotContain("multipart/mixed");
  }

  @Test
  void imagesWithoutHtmlAreAttachments() throws IOException {
    Mail mail = composedAndRead(draft(d -> d.text("Hello").inline(PICTURE)));

    assertThat(mail.attachments()).singleElement().satisfies(a -> assertThat(a.inline()).isFalse());
  }

  @Test
  void noLineIsTooLongAndEveryByteIsSeven() throws IOException {
    String mail = composed(draft(d -> d.subject("ü".repeat(2_000) + " " + "x".repeat(2_000)).text("long ".repeat(5_000) + "ß")
        .html("<p>" + "y".repeat(5_000)).to(new Address("Ö".repeat(300), "a@x.example")).attach(file("ä".repeat(150) + ".pdf", 9_999))
        .extra(new Header("X-Long", "z".repeat(5_000)))));

    assertThat(mail.split("\r\n")).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
    assertThat(mail.chars()).allMatch(c -> c < 128);
    assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
  }

  @Test
  void threeHundredReferencesAreTrimmedKeepingFirstAndLast() throws IOException { // P-20
    List<MessageId> references = IntStream.range(0, 300)
        .mapToObj(i -> new MessageId("some-rather-long-message-id-" + i + "@mail.customer.example")).toList();

    String mail = composed(draft(d -> d.references(references)));
    Mail read = composedAndRead(draft(d -> d.references(references)));

    String field = mail.substring(mail.indexOf("References:"), mail.indexOf("MIME-Version"));
    assertThat(field.length()).isLessThanOrEqualTo(4_096);
    assertThat(read.references()).startsWith(references.getFirst()).endsWith(references.getLast()).hasSizeGreaterThan(40);
    assertThat(references).containsAll(read.references());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\nBcc: evil@x.example", "\nBcc: evil@x.example", "\r\n\r\n<html>", "\u0000", "\u2028Bcc: evil@x.example",
      "=?utf-8?Q?=0D=0ABcc:_evil@x.example?="})
  void nothingInAFieldCanStartAnother(String attack) throws IOException {
    String mail = composed(draft(d -> d.subject("Hi" + attack).to(new Address("Anna" + attack, "anna@x.example"))
        .extra(new Header("X-Reason", "because" + attack))
        .attach(DraftPart.attachment("file" + attack, "text/plain" + attack, () -> new ByteArrayInputStream(PNG)))));

    assertThat(mail.lines()).noneMatch(line -> line.startsWith("Bcc") || line.startsWith("<html>"));
    assertThat(mail).doesNotContain("\u0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bcc", "From", "Content-Type", "X Y", "X:Y", "", "X\r\nBcc", "Resent-To"})
  void extraFieldsMayNotBeAnyField(String name) {
    assertThatThrownBy(() -> draft(d -> d.extra(new Header(name, "x")))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void internationalDomainsAreWrittenInAscii() throws IOException {
    assertThat(composed(draft(d -> d.to(Address.of("anna@bücher.example"))))).contains("anna@xn--bcher-kva.example");
  }

  @Test
  void anAttachedMailStaysAsItIsIfItCan() throws IOException {
    byte[] inner = "Subject: Inner\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] eightBit = "Subject: Ännerung\n\nText".getBytes(StandardCharsets.UTF_8);

    Mail mail = composedAndRead(draft(d -> d.text("x")
        .attach(DraftPart.attachment("inner.eml", "message/rfc822", () -> new ByteArrayInputStream(inner)))
        .attach(DraftPart.attachment("eight.eml", "message/rfc822", () -> new ByteArrayInputStream(eightBit)))));

    assertThat(mail.attachments()).extracting(Attachment::contentType)
        .containsExactly("message/rfc822", "application/octet-stream");
    assertThat(mail.attachments()).extracting(Attachment::sha256)
        .containsExactly(Sha256.digest(inner), Sha256.digest(eightBit));
  }

  @Test
  void largeAttachmentsAreStreamed() throws IOException {
    Draft draft = draft(d -> d.text("x").attach(file("big.bin", 12_000_000)));

    try (RawMail raw = MailComposer.compose(draft); Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      assertThat(((Parsed.Readable) parsed).mail().attachments()).singleElement().extracting(Attachment::sha256)
          .isEqualTo(Sha256.digest(bytesOf(12_000_000, 12_000_000)));
    }
  }

  @Test
  void aPartThatCannotBeReadIsTrouble() {
    DraftPart broken = DraftPart.attachment("x", "a/b", () -> new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("storage is down");
      }
    });

    assertThatThrownBy(() -> composed(draft(d -> d.attach(broken)))).isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "one line", "ends with space \nnext", "From here\n.\n..\n", "a\n\n\nb", "\tTab", "=20=", "ü", "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
      "trailing dash --\n-- \nAnna"})
  void textsSurviveTheWay(String text) throws IOException {
    assertThat(composedAndRead(draft(d -> d.text(text))).text()).isEqualTo(text.stripTrailing());
  }

  private static final class Building {
    private String subject = "Hi";
    private String text = "";
    private Optional<String> html = Optional.empty();
    private final List<Address> to = new ArrayList<>();
    private List<MessageId> references = List.of();
    private final List<DraftPart> inline = new ArrayList<>();
    private final List<DraftPart> attachments = new ArrayList<>();
    private final List<Header> extra = new ArrayList<>();

    Building subject(String value) {
      subject = value;
      return this;
    }

    Building text(String value) {
      text = value;
      return this;
    }

    Building html(String value) {
      html = Optional.of(value);
      return this;
    }

    Building to(Address value) {
      to.add(value);
      return this;
    }

    Building references(List<MessageId> value) {
      references = value;
      return this;
    }

    Building inline(DraftPart value) {
      inline.add(value);
      return this;
    }

    Building attach(DraftPart value) {
      attachments.add(value);
      return this;
    }

    Building extra(Header value) {
      extra.add(value);
      return this;
    }
  }

  private static Draft draft(UnaryOperator<Building> with) {
    Building b = with.apply(new Building());
    return new Draft(Address.of("support@desk.example"), b.to, List.of(), Optional.empty(), b.subject,
        new MessageId("final@desk.example"), Optional.empty(), b.references, Instant.parse("2026-03-02T08:15:00Z"),
        b.text, b.html, b.inline, b.attachments, b.extra);
  }

  private static String composed(Draft draft) throws IOException {
    try (RawMail raw = MailComposer.compose(draft); InputStream in = raw.open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Mail composedAndRead(Draft draft) throws IOException {
    RawMail raw = RawMail.of(composed(draft).getBytes(StandardCharsets.ISO_8859_1));
    return switch (new MailParser(MailLimits.DEFAULT).parse(raw)) {
      case Parsed.Readable(Mail mail) -> mail;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
  }

  private static DraftPart file(String name, int size) {
    return DraftPart.attachment(name, "application/pdf", () -> new ByteArrayInputStream(bytesOf(size, size)));
  }

  private static byte[] bytesOf(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
