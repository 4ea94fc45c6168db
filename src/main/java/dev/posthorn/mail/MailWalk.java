package dev.posthorn.mail;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one mail: its header, its parts, the mails attached to it, and puts the record together.
final class MailWalk {

  private static final int MAX_SUBJECT = 1_000;
  private static final Pattern CID = Pattern.compile("(?i)cid:([^\"'\\s>)]{1,998})");

  private final MailLimits limits;
  private final Scratch scratch;
  private final RawMail raw;
  private final PartStore store;
  private final BodyTree bodies = new BodyTree();

  MailWalk(MailLimits limits, Scratch scratch, RawMail raw) {
    this.limits = limits;
    this.scratch = scratch;
    this.raw = raw;
    this.store = new PartStore(limits, scratch);
  }

  Parsed run() throws IOException {
    HeaderBlock header = HeaderBlock.read(raw.content(), limits);
    if (header.flaws().contains(Flaw.NO_HEADER) && isBinary(raw.head(4_096))) {
      return new Parsed.Unreadable("it is no mail: it has no header and is not text");
    }
    header.flaws().forEach(store::flaw);
    walk(header);
    if (store.originalNeeded()) {
      store.attachOriginal(raw);
    }
    return new Parsed.Readable(mail(header.fields()));
  }

  private void walk(HeaderBlock header) throws IOException {
    Deque<EntityWalk.Entity> waiting = new ArrayDeque<>();
    waiting.push(new EntityWalk.Entity(raw.content(), header.bodyOffset(),
        PartFacts.of(header.fields(), "text/plain"), "", 0, 1, EntityWalk.Purpose.READ));
    while (!waiting.isEmpty()) {
      new EntityWalk(limits, store, bodies, waiting).walk(waiting.pop());
    }
  }

  private Mail mail(Fields fields) {
    List<Address> from = Address.parseList(fields.joined("From"));
    if (from.isEmpty()) {
      store.flaw(Flaw.NO_FROM);
    }
    BodyTree.Body body = bodies.result();
    Set<String> shown = contentIds(body.html().orElse(""));
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

  /// The content ids that the HTML shows (RFC 2392), percent-encoded or not.
  private static Set<String> contentIds(String html) {
    Set<String> ids = new HashSet<>();
    Matcher found = CID.matcher(html);
    while (found.find()) {
      String id = found.group(1).replace("&amp;", "&");
      ids.add(id);
      decoded(id).ifPresent(ids::add);
    }
    return ids;
  }

  private static Optional<String> decoded(String id) {
    try {
      return Optional.of(URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
