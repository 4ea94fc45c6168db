package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Takes the decoded parts of one mail, under one budget for all of them.
final class PartStore {

  private static final Pattern HTML_CHARSET = Pattern.compile("(?i)<meta[^>]{0,200}charset\\s*=\\s*[\"']?([\\w.:-]{1,40})");
  private static final int HTML_HEAD = 2_048;
  private static final String PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----";

  private final MailLimits limits;
  private final Scratch scratch;
  private final List<Attachment> attachments = new ArrayList<>();
  private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
  private int parts;
  private int unnamed;
  private int textBytes;
  private long totalBytes;
  private boolean originalNeeded;

  PartStore(MailLimits limits, Scratch scratch) {
    this.limits = limits;
    this.scratch = scratch;
  }

  void flaw(Flaw flaw) {
    flaws.add(flaw);
  }

  Set<Flaw> flaws() {
    return flaws;
  }

  /// Something is not among the parts: the original is to be attached.
  void lose(Flaw flaw) {
    flaws.add(flaw);
    originalNeeded = true;
  }

  boolean originalNeeded() {
    return originalNeeded;
  }

  /// Counts one part more; false if that is one too many.
  boolean countPart() {
    parts++;
    if (parts > limits.parts()) {
      lose(Flaw.TOO_MANY_PARTS);
      return false;
    }
    return true;
  }

  /// Whether an attached mail may be looked into. What is inside it is stored once more, so that a chain of attached
  /// mails would grow with the square of its length.
  boolean hasRoomFor(Content mail) {
    if (totalBytes + mail.size() > limits.totalBytes()) {
      flaws.add(Flaw.TOO_MUCH_INSIDE);
      return false;
    }
    return true;
  }

  /// Reads a part as text; what exceeds the budget for text is attached whole, and so are files that stand in it.
  String text(PartFacts facts, InputStream encoded, String path) throws IOException {
    Optional<Content> stored = store(facts, encoded);
    if (stored.isEmpty()) {
      return "";
    }
    Content content = stored.get();
    List<UuencodedFiles.Found> files = facts.isHtml() ? List.of() : takeFiles(content, path);
    int room = limits.textBytes() - textBytes;
    byte[] bytes;
    try (InputStream in = UuencodedFiles.textAround(content, files)) {
      bytes = in.readNBytes((int) Math.min(room, content.size()));
      if (bytes.length == room && in.read() >= 0) {
        flaws.add(Flaw.TEXT_CUT);
        add(facts.name(), facts, path, content);
      }
    }
    textBytes += bytes.length;
    Charsets.Decoded decoded = Charsets.decode(bytes, charset(facts, bytes));
    if (!decoded.labelKnown()) {
      flaws.add(Flaw.UNKNOWN_CHARSET);
    }
    String text = CleanText.lines(decoded.text());
    if (text.contains(PGP_MESSAGE) && ("\n" + text).contains("\n" + PGP_MESSAGE + "\n")) {
      flaws.add(Flaw.ENCRYPTED);
    }
    return facts.isFlowed() ? FlowedText.unwrap(text, facts.deletesSpaces()) : text;
  }

  /// Attaches the files in a text.
  ///
  /// @return those that are to be left out of the text
  private List<UuencodedFiles.Found> takeFiles(Content text, String path) throws IOException {
    List<UuencodedFiles.Found> taken = new ArrayList<>();
    for (UuencodedFiles.Found file : UuencodedFiles.in(text)) {
      try (InputStream in = text.open()) {
        in.skipNBytes(file.start());
        LittleEndian encoded = new LittleEndian(in, file.end() - file.start());
        Optional<Content> content = countPart() ? store("x-uuencode", encoded) : Optional.empty();
        if (content.isPresent()) {
          taken.add(file);
          attach(PartFacts.file("", file.name(), Optional.empty()), path + "/" + taken.size(), content.get());
        }
      }
    }
    return taken;
  }

  /// Lists what is stored as a file.
  void attach(PartFacts facts, String path, Content content) {
    add(facts.isMail() && facts.name().isEmpty() ? subjectOf(content) : facts.name(), facts, path, content);
  }

  /// Puts bytes by, without making them an attachment; none once there are too many.
  Optional<Content> keep(InputStream bytes) throws IOException {
    if (totalBytes > limits.totalBytes()) {
      lose(Flaw.TOO_MUCH_INSIDE);
      return Optional.empty();
    }
    return store("", bytes);
  }

  /// Keeps the mail itself as an attachment, because some of it is nowhere else. Costs nothing: it is stored already.
  void attachOriginal(RawMail raw) {
    attachments.add(new Attachment("original.eml", "message/rfc822", false, Optional.empty(), "0", raw.content()));
  }

  /// All attachments in the order of the mail.
  List<Attachment> attachments(Predicate<String> shownInHtml) {
    return attachments.stream()
        .sorted(Comparator.comparing(Attachment::path, PartStore::comparePaths))
        .map(a -> new Attachment(a.name(), a.contentType(), a.contentId().filter(shownInHtml).isPresent(),
            a.contentId(), a.path(), a.content()))
        .toList();
  }

  /// Decodes a part; none if it is too large.
  Optional<Content> store(PartFacts facts, InputStream encoded) throws IOException {
    return store(facts.encoding(), encoded);
  }

  private Optional<Content> store(String encoding, InputStream encoded) throws IOException {
    Scratch.Piece piece = scratch.begin(limits.partBytes());
    try {
      if (!TransferDecoding.copy(encoded, encoding, piece)) {
        flaws.add(Flaw.DAMAGED_ENCODING);
      }
    } catch (Spool.TooLarge e) {
      piece.discard();
      lose(Flaw.PART_TOO_LARGE);
      return Optional.empty();
    } catch (IOException e) {
      piece.discard();
      throw e;
    }
    Content content = piece.finish();
    totalBytes += content.size();
    return Optional.of(content);
  }

  private void add(String name, PartFacts facts, String path, Content content) {
    String shown = name.isEmpty() ? FileNames.forType(facts.contentType(), ++unnamed) : name;
    attachments.add(new Attachment(shown, facts.contentType(), false, facts.contentId(), path, content));
  }

  private String subjectOf(Content mail) {
    try {
      return FileNames.forSubject(
          HeaderBlock.read(mail, limits).fields().first("Subject").map(RawField::decoded).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// HTML may say its charset itself; a label in the part's header goes before it.
  private static String charset(PartFacts facts, byte[] bytes) {
    return facts.charset().isEmpty() && facts.isHtml() ? charsetInHtml(bytes) : facts.charset();
  }

  static String charsetInHtml(byte[] bytes) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(bytes, 0, Math.min(bytes.length, HTML_HEAD));
    var found = HTML_CHARSET.matcher(head.toString(StandardCharsets.ISO_8859_1));
    return found.find() ? found.group(1) : "";
  }

  private static int comparePaths(String one, String other) {
    String[] a = one.split("[./]");
    String[] b = other.split("[./]");
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = Integer.compare(Integer.parseInt(a[i]), Integer.parseInt(b[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }
}
