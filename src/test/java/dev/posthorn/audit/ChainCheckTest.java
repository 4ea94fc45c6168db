package dev.posthorn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.audit.ChainCheck.Anchor;
import dev.posthorn.audit.ChainCheck.Flaw;
import dev.posthorn.audit.ChainCheck.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
  private static final UUID CHAIN = new UUID(7, 7);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.000001Z");

  private static Deed deed(int number) {
    return new Deed(new UUID(0, number), NOON.plusSeconds(number), "admin", null, null, "k1", new UUID(1, number), "192.0.2.1", "TicketResource_close",
        "/tickets/" + number + "/closure", null);
  }

  private static List<Link> chain(int length) {
    var links = new ArrayList<Link>();
    var previous = Chain.beginning();
    for (int i = 1; i <= length; i++) {
      var hash = Chain.link(previous, i, CHAIN, deed(i));
      links.add(new Link(i, deed(i).id(), previous, hash, deed(i)));
      previous = hash;
    }
    return links;
  }

  private static Optional<Flaw> flaw(List<Link> links, Anchor known) {
    var check = new ChainCheck(CHAIN, Optional.ofNullable(known));
    for (var link : links) {
      var flaw = check.see(link);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return check.end();
  }

  private static Optional<Flaw> flaw(List<Link> links) {
    return flaw(links, null);
  }

  @Test
  void aWholeChainHasNoFlaw() {
    assertThat(flaw(chain(5))).isEmpty();
    assertThat(flaw(List.of())).isEmpty();
  }

  @Test
  void aChangedRecordIsFound() {
    var links = chain(5);
    var third = links.get(2);
    var changed = new Deed(third.deed().id(), third.deed().at(), "admin", null, null, "k2", third.deed().requestId(), "192.0.2.1", third.deed().action(),
        third.deed().resource(), null);
    links.set(2, new Link(3, third.recordId(), third.previous(), third.hash(), changed));

    assertThat(flaw(links)).contains(new Flaw(3, third.recordId(), "record-changed"));
  }

  @Test
  void aTimeThatDiffersByAMicrosecondIsAChange() {
    var links = chain(1);
    var first = deed(1);
    var later = new Deed(first.id(), first.at().plusNanos(1_000), first.role(), null, null, first.keyId(), first.requestId(), first.remoteAddress(), first.action(),
        first.resource(), null);
    links.set(0, new Link(1, first.id(), links.getFirst().previous(), links.getFirst().hash(), later));

    assertThat(flaw(links)).isPresent();
  }

  @Test
  void aRemovedRecordIsFound() {
    var links = chain(5);
    links.set(1, new Link(2, links.get(1).recordId(), links.get(1).previous(), links.get(1).hash(), null));

    assertThat(flaw(links)).contains(new Flaw(2, links.get(1).recordId(), "record-missing"));
  }

  @Test
  void aRemovedLinkIsFound() {
    var links = chain(5);
    links.remove(3);

    assertThat(flaw(links)).contains(new Flaw(4, null, "link-missing"));
  }

  @Test
  void recordsInAnotherOrderAreFound() {
    var links = chain(5);
    Collections.swap(links, 1, 2);
    assertThat(flaw(links)).isPresent();

    var renumbered = chain(5);
    var second = renumbered.get(1);
    var third = renumbered.get(2);
    renumbered.set(1, new Link(2, third.recordId(), second.previous(), second.hash(), third.deed()));
    renumbered.set(2, new Link(3, second.recordId(), third.previous(), third.hash(), second.deed()));
    assertThat(flaw(renumbered)).contains(new Flaw(2, third.recordId(), "record-changed"));
  }

  @Test
  void aRecordWhoseLinkWasMadeAnewBreaksTheNextOne() {
    var links = chain(5);
    var forged = new Deed(deed(2).id(), NOON, "admin", null, null, "k9", new UUID(1, 2), "192.0.2.9", "x", "/y", null);
    links.set(1, new Link(2, forged.id(), links.get(1).previous(), Chain.link(links.getFirst().hash(), 2, CHAIN, forged), forged));

    assertThat(flaw(links)).contains(new Flaw(3, links.get(2).recordId(), "link-changed"));
  }

  @Test
  void whatSomebodyRemembersShowsAChainThatWasCutOffOrMadeAnew() {
    var links = chain(5);
    var known = new Anchor(5, links.getLast().hash());

    assertThat(flaw(links, known)).isEmpty();
    assertThat(flaw(links.subList(0, 4), known)).contains(new Flaw(5, null, "cut-off"));
    assertThat(flaw(links, new Anchor(3, links.getLast().hash()))).contains(new Flaw(3, links.get(2).recordId(), "another-chain"));
  }

  @Test
  void oneChainIsNotAnothers() {
    var links = chain(2);
    var check = new ChainCheck(new UUID(8, 8), Optional.empty());

    assertThat(check.see(links.getFirst())).isPresent();
  }

  @Test
  void partsCannotMoveFromOneFieldToTheNext() {
    var one = new Deed(new UUID(0, 1), NOON, "admin", null, null, "k", new UUID(1, 1), "", "ab", "c", null);
    var other = new Deed(new UUID(0, 1), NOON, "admin", null, null, "k", new UUID(1, 1), "", "a", "bc", null);

    assertThat(Chain.link(Chain.beginning(), 1, CHAIN, one)).isNotEqualTo(Chain.link(Chain.beginning(), 1, CHAIN, other));
  }
}
