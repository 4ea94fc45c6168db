package dev.posthorn.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Reads one mail: its header, its parts, the mails attached to it, and puts the record together.
final class MailWalk {

  private static final int MAX_SUBJECT = 1_000;
  private static final int HEAD = 4_096;

  private final MailLimits limits;
  private final TimeBudget time;
  private final Scratch scratch;
  private final RawMail raw;
  private final PartStore store;
  private final BodyTree bodies = new BodyTree();

  MailWalk(MailLimits limits, TimeBudget time, Scratch scratch, RawMail raw) {
    this.limits = limits;
    this.time = time;
    this.scratch = scratch;
    this.raw = raw;
    this.store = new PartStore(limits, scratch);
  }

  Parsed run() throws IOException {
    Content content = withLines();
    HeaderBlock header = HeaderBlock.read(content, limits);
    if (header.flaws().contains(Flaw.NO_HEADER) && isBinary(raw.head(HEAD))) {
      return new Parsed.Unreadable("it is no mail: it has no header and is not text");
    }
    header.flaws().forEach(store::flaw);
    try {
      walk(content, header);
    } catch (TimeBudget.Spent e) {
      store.lose(Flaw.OUT_OF_TIME);
    }
    if (store.originalNeeded()) {
      store.attachOriginal(raw);
    }
    return new Parsed.Readable(mail(header.fields()));
  }

  /// The mail; if its lines end in CR alone, as on very old systems, a copy in which they end in LF.
  private Content withLines() throws IOException {
    byte[] head = raw.head(HEAD);
    boolean broken = head.length > 0;
    boolean returns = false;
    for (byte b : head) {
      broken &= b != '\n';
      returns |= b == '\r';
    }
    if (!broken || !returns) {
      return raw.content();
    }
    store.lose(Flaw.DAMAGED_STRUCTURE);
    try (InputStream in = new ReturnsAsLines(raw.open())) {
      return store.keep(in).orElse(raw.content());
    } catch (TimeBudget.Spent e) {
      return raw.content();
    }
  }

  private static final class ReturnsAsLines extends FilterInputStream {

    ReturnsAsLines(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      for (int i = from; i < from + count; i++) {
        bytes[i] = bytes[i] == '\r' ? (byte) '\n' : bytes[i];
      }
      return count;
    }
  }

  private void walk(Content content, HeaderBlock header) throws IOException {
    Deque<Waiting> waiting = new ArrayDeque<>();
    Enclosures enclosures = new Enclosures(limits, store, waiting);
    waiting.push(new Waiting.Entity(content, header.bodyOffset(), PartFacts.of(header.fields(), "text/plain"), "", 1,
        new Waiting.Place(0, Waiting.Purpose.READ, bodies)));
    while (!waiting.isEmpty()) {
      time.check();
      switch (waiting.pop()) {
        case Waiting.Entity entity -> new EntityWalk(limits, time, store, enclosures, waiting).walk(entity);
        case Waiting.Enclosure enclosure -> enclosures.open(enclosure);
      }
    }
  }

  private Mail mail(Fields fields) {
    List<Address> from = Address.parseList(fields.joined("From"));
    if (from.isEmpty()) {
      store.flaw(Flaw.NO_FROM);
    }
    BodyTree.Body body = bodies.result();
    Set<String> shown = ContentIds.shownIn(body.html().orElse(""));
    String subject = fields.first("Subject").map(RawField::decoded).orElse("");
    return new Mail(
        from.stream().findFirst(),
        Address.parseList(fields.joined("Reply-To")),
        Address.parseList(fields.joined("To")),
        Address.parseList(fields.joined("Cc")),
        Address.parseList(fields.joined("Bcc")),
        CleanText.cut(subject, MAX_SUBJECT),
        MessageId.parse(fields.value("Message-ID")),
        MessageId.parseAll(fields.joined("In-Reply-To")),
        MessageId.parseAll(fields.joined("References")),
        fields.first("Thread-Index").map(RawField::unfolded).flatMap(ThreadIndex::parse),
        CleanText.cut(fields.first("Thread-Topic").map(RawField::decoded).orElse(""), MAX_SUBJECT),
        fields.first("Date").map(RawField::unfolded).flatMap(MailDates::parse),
        body.readable().stripTrailing(),
        body.html(),
        store.attachments(shown::contains),
        fields.all().stream().map(f -> new Header(f.name(), f.decoded())).toList(),
        store.flaws(),
        scratch);
  }

  /// Control characters that no text holds.
  private static boolean isBinary(byte[] head) {
    int odd = 0;
    for (byte b : head) {
      odd += b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b ? 1 : 0;
    }
    return odd * 50 > head.length;
  }
}
