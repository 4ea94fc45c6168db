package dev.posthorn.mail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/// Keeps parts as files, and opens those that hold others: attached mails, signed envelopes, winmail.dat.
final class Enclosures {

  private final MailLimits limits;
  private final PartStore store;
  private final Deque<Waiting> waiting;

  /// @param waiting takes what is to be opened later
  Enclosures(MailLimits limits, PartStore store, Deque<Waiting> waiting) {
    this.limits = limits;
    this.store = store;
    this.waiting = waiting;
  }

  /// Keeps a part as a file.
  ///
  /// @param encoded as its header says
  void keep(PartFacts facts, InputStream encoded, String path, Waiting.Place place) throws IOException {
    store.store(facts, encoded).ifPresent(content -> keep(facts, content, path, place));
  }

  /// Keeps what is stored already.
  void keep(PartFacts facts, Content content, String path, Waiting.Place place) {
    store.attach(facts, path, content);
    if (facts.isPgpEncrypted()) {
      store.flaw(Flaw.ENCRYPTED);
    }
    if (facts.isEnclosure()) {
      waiting.push(new Waiting.Enclosure(content, facts, path, facts.isCms() ? place.later() : place));
    }
  }

  /// Looks into a part that holds others. What is inside it is stored once more, so that there must be room for it.
  void open(Waiting.Enclosure enclosure) throws IOException {
    if (enclosure.place().depth() + 1 >= limits.depth()) {
      store.flaw(Flaw.TOO_DEEP);
    } else if (store.hasRoomFor(enclosure.content())) {
      if (enclosure.facts().isMail()) {
        walkLater(enclosure.content(), HeaderBlock.read(enclosure.content(), limits), enclosure, Waiting.Purpose.LIST);
      } else if (enclosure.facts().isTnef()) {
        new TnefWalk(limits, store, this, enclosure).walk();
      } else {
        openCms(enclosure);
      }
    }
  }

  private void walkLater(Content mail, HeaderBlock header, Waiting.Enclosure enclosure, Waiting.Purpose purpose) {
    Waiting.Place inside = enclosure.place().at(enclosure.place().depth() + 1).with(purpose);
    waiting.push(new Waiting.Entity(mail, header.bodyOffset(), PartFacts.of(header.fields(), "text/plain"),
        enclosure.path() + "/", 1, inside));
  }

  /// A signature is never verified here, so that nothing in it can fail: what was signed is shown (P-41).
  private void openCms(Waiting.Enclosure enclosure) throws IOException {
    try (InputStream in = enclosure.content().open()) {
      CmsEnvelope envelope = CmsEnvelope.read(in);
      switch (envelope.kind()) {
        case ENCRYPTED -> store.flaw(Flaw.ENCRYPTED);
        case SIGNED, COMPRESSED -> {
          try (InputStream signed = envelope.content()) {
            Optional<Content> content = store.keep(signed);
            if (envelope.isDamaged()) {
              store.flaw(Flaw.DAMAGED_CONTAINER);
            }
            if (content.isPresent() && content.get().size() > 0) {
              openSigned(content.get(), enclosure);
            }
          }
        }
        case OTHER -> {
          // certificates, or a signature whose content is elsewhere
        }
      }
    } catch (CmsEnvelope.NotCms | EOFException e) {
      store.flaw(Flaw.DAMAGED_CONTAINER);
    }
  }

  /// An envelope holds a part with its header (RFC 8551, section 3.1); a signed document, `name.pdf.p7m`, just that.
  private void openSigned(Content content, Waiting.Enclosure enclosure) throws IOException {
    String name = enclosure.facts().name();
    boolean envelope = name.isEmpty() || name.toLowerCase(Locale.ROOT).startsWith("smime.");
    HeaderBlock header = HeaderBlock.ofPart(content, limits);
    if (envelope || header.fields().first("Content-Type").isPresent()) {
      walkLater(content, header, enclosure, enclosure.place().isToBeRead() ? Waiting.Purpose.READ : Waiting.Purpose.KEEP);
      return;
    }
    String signed = name.toLowerCase(Locale.ROOT).endsWith(".p7m") ? name.substring(0, name.length() - 4) : name;
    keep(PartFacts.file("", signed, Optional.empty()), content, enclosure.path() + "/1",
        enclosure.place().at(enclosure.place().depth() + 1));
  }
}
