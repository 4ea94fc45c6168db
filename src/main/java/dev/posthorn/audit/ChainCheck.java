package dev.posthorn.audit;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/// Goes along a chain, link by link, and finds the first one that is wrong. Pure: what is stored is given to it.
final class ChainCheck {
  /// A link as it is stored.
  ///
  /// @param deed null where the record is gone
  record Link(long sequence, UUID recordId, byte[] previous, byte[] hash, Deed deed) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Link link && link.sequence == sequence && link.recordId.equals(recordId);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sequence);
    }
  }

  /// What is wrong, and where.
  ///
  /// @param recordId null where not even the link is there
  record Flaw(long sequence, UUID recordId, String why) {}

  /// What somebody remembers of the chain: its hash at a place.
  record Anchor(long sequence, byte[] hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Anchor anchor && anchor.sequence == sequence && MessageDigest.isEqual(anchor.hash, hash);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sequence);
    }
  }

  private final UUID chain;
  private final Optional<Anchor> known;
  private long checked;
  private byte[] last = Chain.beginning();

  ChainCheck(UUID chain, Optional<Anchor> known) {
    this.chain = chain;
    this.known = known;
  }

  /// The next link, in the order of the sequence.
  Optional<Flaw> see(Link link) {
    long expected = checked + 1;
    if (link.sequence != expected) {
      return Optional.of(new Flaw(expected, null, "link-missing"));
    }
    if (link.deed == null) {
      return Optional.of(new Flaw(expected, link.recordId, "record-missing"));
    }
    if (!MessageDigest.isEqual(link.previous, last)) {
      return Optional.of(new Flaw(expected, link.recordId, "link-changed"));
    }
    if (!MessageDigest.isEqual(link.hash, Chain.link(last, expected, chain, link.deed))) {
      return Optional.of(new Flaw(expected, link.recordId, "record-changed"));
    }
    if (known.filter(anchor -> anchor.sequence == expected && !MessageDigest.isEqual(anchor.hash, link.hash)).isPresent()) {
      return Optional.of(new Flaw(expected, link.recordId, "another-chain"));
    }
    checked = expected;
    last = link.hash;
    return Optional.empty();
  }

  /// After the last link: whether the chain goes as far as it did once.
  Optional<Flaw> end() {
    return known.filter(anchor -> anchor.sequence > checked).map(_ -> new Flaw(checked + 1, null, "cut-off"));
  }

  long checked() {
    return checked;
  }

  byte[] last() {
    return last.clone();
  }
}
