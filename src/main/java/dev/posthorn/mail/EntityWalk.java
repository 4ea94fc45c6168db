package dev.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/// Walks over the body of one mail, part by part, without recursion: the multiparts that are open are a stack, what holds
/// others is put on a list for later.
final class EntityWalk {

  private static final String TEXT = "text/plain";

  private final MailLimits limits;
  private final TimeBudget time;
  private final PartStore store;
  private final Enclosures enclosures;
  private final Deque<Waiting> waiting;

  private Waiting.Entity entity;
  private String rootBoundary = "";
  private MimeTokenStream tokens;
  private final Deque<Level> levels = new ArrayDeque<>();
  private List<RawField> fields = new ArrayList<>();
  private PartFacts facts;
  private boolean stopped;

  /// @param enclosures keeps what is not read
  /// @param waiting    takes what is to be walked over later
  EntityWalk(MailLimits limits, TimeBudget time, PartStore store, Enclosures enclosures, Deque<Waiting> waiting) {
    this.limits = limits;
    this.time = time;
    this.store = store;
    this.enclosures = enclosures;
    this.waiting = waiting;
  }

  /// A multipart that is open.
  private static final class Level {

    private final PartFacts facts;
    private final String boundary;
    private final String prefix;
    private int number;
    private final int first;
    private byte[] preamble = new byte[0];

    Level(PartFacts facts, String boundary, String prefix, int first) {
      this.facts = facts;
      this.boundary = boundary;
      this.prefix = prefix;
      this.first = first;
      this.number = first - 1;
    }

    String path() {
      return prefix + number;
    }
  }

  void walk(Waiting.Entity asSaid) throws IOException {
    Waiting.Entity next = decoded(asSaid);
    entity = next;
    try (InputStream in = next.content().open()) {
      in.skipNBytes(next.bodyOffset());
      String boundary = boundary(next);
      if (boundary.isEmpty()) {
        if (store.countPart()) {
          facts = next.facts();
          leaf(in, next.prefix() + next.first());
        }
      } else {
        walkMultipart(in, boundary);
      }
    } catch (MimeException | MimeIOException e) {
      store.lose(Flaw.DAMAGED_STRUCTURE);
      while (!levels.isEmpty()) {
        levels.pop();
        closeBody();
      }
    }
  }

  /// A multipart that is in base64 as a whole, which RFC 2045 (section 6.4) forbids and some send.
  private Waiting.Entity decoded(Waiting.Entity next) throws IOException {
    PartFacts said = next.facts();
    if (!said.isMultipart() || !said.isEncoded() || said.boundary().isEmpty()
        || Boundaries.stands(said.boundary().get(), next.content(), next.bodyOffset())) {
      return next;
    }
    store.flaw(Flaw.DAMAGED_STRUCTURE);
    try (InputStream in = next.content().open()) {
      in.skipNBytes(next.bodyOffset());
      return store.store(said, in)
          .map(content -> new Waiting.Entity(content, 0, said, next.prefix(), next.first(), next.place())).orElse(next);
    }
  }

  private String boundary(Waiting.Entity next) throws IOException {
    if (!next.facts().isMultipart() || next.place().depth() >= limits.depth()) {
      return "";
    }
    Optional<String> named = next.facts().boundary();
    return named.isPresent() ? named.get() : Boundaries.sniffed(next.content(), next.bodyOffset());
  }

  private void walkMultipart(InputStream in, String boundary) throws IOException, MimeException {
    facts = entity.facts();
    rootBoundary = boundary;
    tokens = MimeTokens.of(in, boundary, limits, () -> store.flaw(Flaw.DAMAGED_STRUCTURE));
    EntityState state = tokens.getState();
    while (state != EntityState.T_END_OF_STREAM && !stopped) {
      meet(state);
      state = stopped ? EntityState.T_END_OF_STREAM : tokens.next();
    }
    while (!levels.isEmpty()) {
      levels.pop();
      closeBody();
    }
  }

  private void meet(EntityState state) throws IOException {
    switch (state) {
      case T_START_MULTIPART -> openLevel();
      case T_PREAMBLE -> levels.element().preamble = tokens.getInputStream().readNBytes(limits.textBytes());
      case T_START_BODYPART -> {
        levels.element().number++;
        fields = new ArrayList<>();
        stopped = !store.countPart();
        time.check();
      }
      case T_FIELD -> fields.add(MimeTokens.raw(tokens.getField()));
      case T_END_HEADER -> endHeader();
      case T_BODY -> leaf(tokens.getInputStream(), levels.element().path());
      case T_EPILOGUE -> epilogue();
      case T_END_MULTIPART -> closeLevel();
      case T_START_MESSAGE, T_END_MESSAGE, T_RAW_ENTITY, T_START_HEADER, T_END_BODYPART, T_END_OF_STREAM -> {
        // nothing to note
      }
    }
  }

  private void openLevel() {
    boolean outermost = levels.isEmpty();
    String prefix = outermost ? entity.prefix() : levels.element().path() + ".";
    String boundary = outermost ? rootBoundary : facts.boundary().orElse("");
    levels.push(new Level(facts, boundary, prefix, outermost ? entity.first() : 1));
    if (facts.isPgpEncrypted()) {
      store.flaw(Flaw.ENCRYPTED);
    }
    if (entity.place().isToBeRead()) {
      bodies().open(facts.subtype());
    }
  }

  /// The library opens a multipart only if it is told to: not where the depth is spent, nor without a boundary.
  private void endHeader() {
    String defaultType = levels.element().facts.subtype().equals("digest") ? "message/rfc822" : TEXT;
    facts = PartFacts.of(new Fields(fields), defaultType);
    boolean tooDeep = depth() >= limits.depth();
    if (facts.isMultipart() && tooDeep) {
      store.flaw(Flaw.TOO_DEEP);
    }
    boolean open = facts.isMultipart() && facts.boundary().isPresent() && !tooDeep;
    if (open && levels.stream().anyMatch(l -> facts.boundary().get().startsWith(l.boundary))) {
      store.lose(Flaw.AMBIGUOUS_BOUNDARY);
    }
    tokens.setRecursionMode(open ? RecursionMode.M_NO_RECURSE : RecursionMode.M_FLAT);
  }

  private void leaf(InputStream encoded, String path) throws IOException {
    if (facts.isMultipart()) {
      boolean tooDeep = depth() >= limits.depth();
      facts = tooDeep ? facts : PartFacts.of(new Fields(List.of()), TEXT);
    }
    boolean body = isBody();
    if (body && entity.place().isToBeRead()) {
      String text = store.text(facts, encoded, path);
      bodies().add(facts.isHtml() ? BodyTree.Body.html(text) : BodyTree.Body.text(text));
    } else if (!body || entity.place().purpose() == Waiting.Purpose.KEEP) {
      enclosures.keep(facts, encoded, path, entity.place().at(depth()));
    }
  }

  /// Text to be read in place; of several parts in multipart/related only the root (RFC 2387), and a part with a file
  /// name only where nothing else was found before.
  private boolean isBody() {
    boolean read = entity.place().isToBeRead();
    boolean first = read ? bodies().isEmpty() : levels.stream().allMatch(level -> level.number == 1);
    boolean root = levels.isEmpty() || !levels.element().facts.subtype().equals("related")
        || (read ? bodies().isEmptyHere() : levels.element().number == 1);
    return facts.isBody() && root && (facts.name().isEmpty() || first);
  }

  /// What follows the end of a multipart is usually nothing, sometimes a footer. If boundaries go on there, the end
  /// came too early, and the rest is walked over later as one more multipart.
  private void epilogue() throws IOException {
    Level level = levels.element();
    String delimiter = "--" + level.boundary;
    byte[] rest = tokens.getInputStream().readNBytes(Boundaries.SNIFFED);
    if (new String(rest, StandardCharsets.ISO_8859_1).isBlank()) {
      return;
    }
    store.flaw(Flaw.DAMAGED_STRUCTURE);
    String text = new String(rest, StandardCharsets.ISO_8859_1);
    boolean hadParts = level.number >= level.first; // else this could go on for ever
    if (hadParts && (text.startsWith(delimiter) || text.contains("\n" + delimiter))) {
      store.keep(new SequenceInputStream(new ByteArrayInputStream(rest), tokens.getInputStream()))
          .ifPresent(content -> waiting.push(new Waiting.Entity(content, 0, level.facts, level.prefix,
              level.number + 1, entity.place().at(depth()).with(Waiting.Purpose.KEEP))));
    }
  }

  /// A multipart in which no boundary was found is read as text: its boundary is wrong or it is none.
  private void closeLevel() throws IOException {
    Level level = levels.element();
    if (level.number < level.first) {
      store.flaw(Flaw.DAMAGED_STRUCTURE);
      facts = PartFacts.of(new Fields(List.of()), TEXT);
      level.number = level.first;
      leaf(new ByteArrayInputStream(level.preamble), level.path());
      if (level.preamble.length == limits.textBytes()) {
        store.lose(Flaw.TEXT_CUT);
      }
    }
    levels.pop();
    closeBody();
  }

  private void closeBody() {
    if (entity.place().isToBeRead()) {
      bodies().close();
    }
  }

  private BodyTree bodies() {
    return entity.place().bodies();
  }

  /// How many multiparts, mails and envelopes are around what is looked at now.
  private int depth() {
    return entity.place().depth() + levels.size();
  }
}
