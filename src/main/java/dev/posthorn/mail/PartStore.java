package dev.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

  /// An attached mail, for looking into it later.
  record AttachedMail(Content content, String path, int depth) {
  }

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

  /// Reads a part as text; what exceeds the budget for text is attached whole.
  String text(PartFacts facts, InputStream encoded, String path) throws IOException {
    Optional<Content> stored = store(facts, encoded);
    if (stored.isEmpty()) {
      return "";
    }
    Content content = stored.get();
    int room = limits.textBytes() - textBytes;
    if (content.size() > room) {
      flaws.add(Flaw.TEXT_CUT);
      add(facts.name(), facts, path, content);
    }
    byte[] bytes;
    try (InputStream in = content.open()) {
      bytes = in.readNBytes(room);
    }
    textBytes += bytes.length;
    Charsets.Decoded decoded = Charsets.decode(bytes, charset(facts, bytes));
    if (!decoded.labelKnown()) {
      flaws.add(Flaw.UNKNOWN_CHARSET);
    }
    String text = CleanText.lines(decoded.text());
    return facts.isFlowed() ? FlowedText.unwrap(text, facts.deletesSpaces()) : text;
  }

  /// Keeps a part as a file.
  ///
  /// @return an attached mail, if it is one
  Optional<AttachedMail> attach(PartFacts facts, InputStream encoded, String path, int depth) throws IOException {
    Optional<Content> stored = store(facts, encoded);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    if (facts.isMail()) {
      String name = facts.name().isEmpty() ? subjectOf(stored.get()) : facts.name();
      add(name, facts, path, stored.get());
      return Optional.of(new AttachedMail(stored.get(), path, depth));
    }
    add(facts.name(), facts, path, stored.get());
    return Optional.empty();
  }

  /// Puts bytes by, without making them an attachment; none once there are too many.
  Optional<Content> keep(InputStream bytes, PartFacts facts) throws IOException {
    if (totalBytes > limits.totalBytes()) {
      lose(Flaw.TOO_MUCH_INSIDE);
      return Optional.empty();
    }
    return store(facts, bytes);
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

  private Optional<Content> store(PartFacts facts, InputStream encoded) throws IOException {
    Scratch.Piece piece = scratch.begin(limits.partBytes());
    try {
      if (!TransferDecoding.copy(encoded, facts.encoding(), piece)) {
        flaws.add(Flaw.DAMAGED_ENCODING);
      }
    } catch (Spool.TooLarge e) {
      piece.discard();
      lose(Flaw.PART_TOO_LARGE);
      return Optional.empty();
    }
    Content content = piece.finish();
    totalBytes += content.size();
    return Optional.of(content);
  }

  private void add(String name, PartFacts facts, String path, Content content) {
    String shown = name.isEmpty() ? FileNames.forType(facts.contentType(), ++unnamed) : name;
    attachments.add(new Attachment(shown, facts.contentType(), false, facts.contentId(), path, content));
  }

  private String subjectOf(Content mail) throws IOException {
    return FileNames.forSubject(
        HeaderBlock.read(mail, limits).fields().first("Subject").map(RawField::decoded).orElse(""));
  }

  /// HTML may say its charset itself; a label in the part's header goes before it.
  private static String charset(PartFacts facts, byte[] bytes) {
    if (!facts.charset().isEmpty() || !facts.isHtml()) {
      return facts.charset();
    }
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
