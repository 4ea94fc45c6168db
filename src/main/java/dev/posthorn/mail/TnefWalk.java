package dev.posthorn.mail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Reads a winmail.dat, the container in which Outlook and Exchange put what MIME has no place for
/// ([MS-OXTNEF]): its files become attachments, its text the text of the mail where that has none (P-42). Messages inside
/// it are opened later like attached mails.
final class TnefWalk {

  private static final byte[] SIGNATURE = {0x78, (byte) 0x9F, 0x3E, 0x22};
  private static final int LEAST = 9; // level, id, length
  private static final int GUID = 16;
  private static final int MAX_NAME = 4_096;

  // [MS-OXTNEF], section 2.1.3.3: the last two bytes of what an attribute is called.
  private static final int BEGIN_ATTACHMENT = 0x9002;
  private static final int ATTACHMENT_DATA = 0x800F;
  private static final int ATTACHMENT_TITLE = 0x8010;
  private static final int ATTACHMENT_PROPERTIES = 0x9005;
  private static final int MESSAGE_TEXT = 0x800C;
  private static final int MESSAGE_PROPERTIES = 0x9003;
  private static final int CODE_PAGE = 0x9007;

  private final MailLimits limits;
  private final PartStore store;
  private final Enclosures enclosures;
  private final Waiting.Enclosure enclosure;

  private String codePage = "windows-1252";
  private String htmlCodePage = "";
  private Optional<String> text = Optional.empty();
  private byte[] html = new byte[0];
  private byte[] rtf = new byte[0];
  private File file = new File();
  private int number;

  TnefWalk(MailLimits limits, PartStore store, Enclosures enclosures, Waiting.Enclosure enclosure) {
    this.limits = limits;
    this.store = store;
    this.enclosures = enclosures;
    this.enclosure = enclosure;
  }

  /// What is known of one attachment so far: its name may come before its bytes or after them.
  private static final class File {

    private String title = "";
    private String longName = "";
    private String displayName = "";
    private String contentType = "";
    private String contentId = "";
    private Optional<Content> content = Optional.empty();

    String name() {
      return longName.isBlank() ? title.isBlank() ? displayName : title : longName;
    }
  }

  void walk() throws IOException {
    try (InputStream in = enclosure.content().open()) {
      LittleEndian tnef = new LittleEndian(new BufferedInputStream(in), enclosure.content().size());
      if (!Arrays.equals(tnef.readNBytes(SIGNATURE.length), SIGNATURE)) {
        throw new EOFException("it does not begin like one");
      }
      tnef.two(); // a key that means nothing any more
      boolean more = true;
      while (more && tnef.left() >= LEAST) {
        more = readAttribute(tnef);
      }
    } catch (EOFException e) {
      store.flaw(Flaw.DAMAGED_CONTAINER);
    }
    endFile();
    endMessage();
  }

  private boolean readAttribute(LittleEndian tnef) throws IOException {
    int level = tnef.read();
    int id = tnef.four() & 0xFFFF;
    LittleEndian value = tnef.part(tnef.count());
    if (level != 1 && level != 2) {
      throw new EOFException("no attribute begins like that");
    }
    boolean more = true;
    switch (id) {
      case CODE_PAGE -> codePage = Charsets.ofCodePage(value.four()).orElse(codePage);
      case MESSAGE_TEXT -> text = text.isPresent() ? text : Optional.of(string(value, MapiProperties.STRING_8, limits.textBytes()));
      case MESSAGE_PROPERTIES -> MapiProperties.read(value, this::takeOfMessage);
      case BEGIN_ATTACHMENT -> more = endFile();
      case ATTACHMENT_TITLE -> file.title = string(value, MapiProperties.STRING_8, MAX_NAME);
      case ATTACHMENT_DATA -> file.content = store.keep(value);
      case ATTACHMENT_PROPERTIES -> MapiProperties.read(value, this::takeOfFile);
      default -> {
        // addresses, dates and forms, which the header has too
      }
    }
    value.drain();
    tnef.skipNBytes(Math.min(2, tnef.left())); // a sum that nobody writes rightly
    return more;
  }

  private void takeOfMessage(int id, int type, LittleEndian value) throws IOException {
    switch (id) {
      case MapiProperties.BODY -> text = Optional.of(string(value, type, limits.textBytes()));
      case MapiProperties.RTF -> rtf = bytes(value, limits.textBytes());
      case MapiProperties.HTML -> {
        htmlCodePage = switch (type) {
          case MapiProperties.UNICODE -> "UTF-16LE";
          case MapiProperties.STRING_8 -> codePage;
          default -> htmlCodePage;
        };
        html = bytes(value, limits.textBytes());
      }
      case MapiProperties.CODE_PAGE -> htmlCodePage = htmlCodePage.isEmpty() ? Charsets.ofCodePage(value.four()).orElse("") : htmlCodePage;
      default -> {
        // not shown
      }
    }
  }

  private void takeOfFile(int id, int type, LittleEndian value) throws IOException {
    switch (id) {
      case MapiProperties.ATTACH_LONG_FILENAME -> file.longName = string(value, type, MAX_NAME);
      case MapiProperties.ATTACH_FILENAME -> file.title = file.title.isBlank() ? string(value, type, MAX_NAME) : file.title;
      case MapiProperties.DISPLAY_NAME -> file.displayName = string(value, type, MAX_NAME);
      case MapiProperties.ATTACH_MIME_TAG -> file.contentType = string(value, type, MAX_NAME);
      case MapiProperties.ATTACH_CONTENT_ID -> file.contentId = string(value, type, MessageId.MAX_LENGTH);
      case MapiProperties.ATTACH_DATA -> {
        if (type == MapiProperties.OBJECT) {
          value.skipNBytes(Math.min(GUID, value.left())); // says which kind of object
        }
        if (value.left() > 0) {
          file.content = store.keep(value);
        }
      }
      default -> {
        // not shown
      }
    }
  }

  /// @return false if there are too many parts
  private boolean endFile() throws IOException {
    File ended = file;
    file = new File();
    if (ended.content.isEmpty()) {
      return true;
    }
    Content content = ended.content.get();
    boolean message = isTnef(content);
    String name = ended.name().strip();
    PartFacts facts = PartFacts.file(message ? "application/ms-tnef" : ended.contentType,
        message && !name.isEmpty() ? name + ".tnef" : name,
        MessageId.parse(ended.contentId).map(MessageId::value).or(() -> Optional.of(ended.contentId).filter(c -> !c.isBlank())));
    return keep(facts, content);
  }

  private void endMessage() throws IOException {
    Optional<RichText> rich = CompressedRtf.decompress(rtf, limits.textBytes()).map(bytes -> RichText.of(bytes, codePage));
    Optional<String> shownHtml = html.length > 0 ? Optional.of(decodedHtml()) : rich.flatMap(RichText::html);
    Optional<String> shownText = text.filter(t -> !t.isBlank()).or(() -> rich.map(RichText::text).filter(t -> !t.isBlank()));
    if (enclosure.place().isToBeRead()) {
      enclosure.place().bodies().offer(new BodyTree.Body(shownText, shownHtml));
    } else if (shownHtml.isPresent()) {
      keepText("text/html", "message.html", shownHtml.get());
    } else if (shownText.isPresent()) {
      keepText("text/plain", "message.txt", shownText.get());
    }
    if (shownHtml.isEmpty() && rich.filter(RichText::formatted).isPresent()) {
      byte[] formatted = CompressedRtf.decompress(rtf, limits.textBytes()).orElseThrow();
      keep(PartFacts.file("application/rtf", "message.rtf", Optional.empty()), Content.of(formatted));
    }
  }

  private void keepText(String contentType, String name, String shown) {
    keep(PartFacts.file(contentType, name, Optional.empty()), Content.of(shown.getBytes(StandardCharsets.UTF_8)));
  }

  private boolean keep(PartFacts facts, Content content) {
    if (!store.countPart()) {
      return false;
    }
    Waiting.Place inside = enclosure.place().at(enclosure.place().depth() + 1).with(Waiting.Purpose.KEEP);
    enclosures.keep(facts, content, enclosure.path() + "/" + ++number, inside);
    return true;
  }

  private String decodedHtml() {
    String label = htmlCodePage.isEmpty() ? PartStore.charsetInHtml(html) : htmlCodePage;
    return CleanText.lines(Charsets.decode(html, label).text());
  }

  private static boolean isTnef(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
    }
  }

  private byte[] bytes(LittleEndian value, int atMost) throws IOException {
    if (value.left() > atMost) {
      store.flaw(Flaw.TEXT_CUT);
    }
    return value.readNBytes(atMost);
  }

  /// A string up to its zero, of which names and texts have one or more at their end.
  private String string(LittleEndian value, int type, int atMost) throws IOException {
    byte[] bytes = bytes(value, atMost);
    boolean unicode = type == MapiProperties.UNICODE;
    int end = bytes.length;
    while (end > 1 && bytes[end - 1] == 0 && (!unicode || bytes[end - 2] == 0)) {
      end -= unicode ? 2 : 1;
    }
    end = end == 1 && bytes[0] == 0 ? 0 : end;
    return CleanText.lines(Charsets.decode(Arrays.copyOf(bytes, end), unicode ? "UTF-16LE" : codePage).text());
  }
}
