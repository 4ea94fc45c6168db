package dev.posthorn.privacy;

import dev.posthorn.blob.BlobConfig;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.privacy.Erasures.Erasure;
import dev.posthorn.ticket.Deletion;
import dev.posthorn.web.ApiKeys;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// Forgets a contact of the current tenant, step by step. Each step finds what is left of its kind and takes it away, in many short
/// transactions, so that whoever goes on where another node died does the rest. The contact itself goes last: until then its addresses say
/// what to look for.
@ApplicationScoped
class ContactErasure {
  /// Something of theirs is just leaving: looked at again then.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Erasures erasures;
  private final Deletion deletion;
  private final Foreign foreign;
  private final BlobSweep sweep;
  private final Statements statements;
  private final ApiKeys keys;
  private final Journal journal;
  private final PrivacyConfig config;
  private final BlobConfig blobs;
  private final Clock clock;

  ContactErasure(Erasures erasures, Deletion deletion, Foreign foreign, BlobSweep sweep, Statements statements, ApiKeys keys, Journal journal, PrivacyConfig config,
      BlobConfig blobs, Clock clock) {
    this.erasures = erasures;
    this.deletion = deletion;
    this.foreign = foreign;
    this.sweep = sweep;
    this.statements = statements;
    this.keys = keys;
    this.journal = journal;
    this.config = config;
    this.blobs = blobs;
    this.clock = clock;
  }

  void run(UUID erasureId) {
    var erasure = erasures.one(erasureId).orElseThrow();
    switch (erasure.state()) {
      case Erasures.PENDING -> forget(erasure);
      case Erasures.SWEEPING -> {
        sweep.run();
        QuarkusTransaction.requiringNew().run(() -> erasures.is(erasureId, Erasures.DONE, clock.instant()));
      }
      default -> {
        // Done already, by another node.
      }
    }
  }

  private void forget(Erasure erasure) {
    var addresses = addresses(erasure.contactId());
    var numbers = numbers(erasure.contactId());
    var both = Stream.concat(addresses.stream(), numbers.stream()).toList();
    boolean left = !tickets(erasure);
    repeat(() -> QuarkusTransaction.requiringNew().call(() -> counted(erasure, foreign.written(erasure.contactId(), both, config.batch()), 0)));
    repeat(() -> QuarkusTransaction.requiringNew().call(() -> foreign.named(addresses, config.batch())));
    repeat(() -> QuarkusTransaction.requiringNew().call(() -> foreign.texted(numbers, config.batch())));
    repeat(() -> QuarkusTransaction.requiringNew().call(() -> counted(erasure, 0, foreign.mails(addresses, config.batch()))));
    if (left || foreign.isLeaving(addresses, numbers)) {
      QuarkusTransaction.requiringNew().run(() -> erasures.is(erasure.id(), Erasures.PENDING, clock.instant().plus(PATIENCE)));
      return;
    }
    QuarkusTransaction.requiringNew().run(() -> person(erasure, addresses, numbers, both));
  }

  private List<String> addresses(UUID contactId) {
    return QuarkusTransaction.requiringNew().call(() -> statements.read(
        "select address from contact_email where tenant_id = ? and contact_id = ?", row -> row.getString(1), contactId));
  }

  /// Those that nobody else has: a number may be a family's, and what others wrote from it is theirs.
  private List<String> numbers(UUID contactId) {
    return QuarkusTransaction.requiringNew().call(() -> statements.read("""
        select p.number from contact_phone p where p.tenant_id = ? and p.contact_id = ?
          and not exists (select from contact_phone o where o.tenant_id = p.tenant_id and o.number = p.number and o.contact_id <> p.contact_id)""",
        row -> row.getString(1), contactId));
  }

  private int counted(Erasure erasure, int messages, int mails) {
    erasures.counted(erasure.id(), 0, messages, mails);
    return messages + mails;
  }

  private static void repeat(IntSupplier step) {
    while (step.getAsInt() > 0) {
      // batch by batch
    }
  }

  /// @return whether all are gone
  private boolean tickets(Erasure erasure) {
    boolean all = true;
    var last = new UUID(0, 0);
    for (List<UUID> found = theirs(erasure, last); !found.isEmpty(); found = theirs(erasure, last)) {
      for (var ticket : found) {
        all &= QuarkusTransaction.requiringNew().call(() -> {
          boolean gone = deletion.erase(ticket, Actor.SYSTEM);
          erasures.counted(erasure.id(), gone ? 1 : 0, 0, 0);
          return gone;
        });
      }
      last = found.getLast();
    }
    return all;
  }

  private List<UUID> theirs(Erasure erasure, UUID after) {
    return QuarkusTransaction.requiringNew().call(() -> statements.ids(
        "select id from ticket where tenant_id = ? and contact_id = ? and id > ? order by id limit ?", erasure.contactId(), after, config.batch()));
  }

  private void person(Erasure erasure, List<String> addresses, List<String> numbers, List<String> both) {
    var contact = erasure.contactId();
    keys.revokeOfContact(contact);
    foreign.setUp(addresses);
    foreign.exported();
    statements.change("delete from budget where tenant_id = ? and (address = any (?) or key = any (?))", addresses, addresses);
    statements.change("delete from suppression where tenant_id = ? and reason = 'hard-bounce' and pattern = any (?)", addresses);
    statements.change("delete from text_thread where tenant_id = ? and number = any (?)", numbers);
    // What a server or a gateway said last may name whom it would not take.
    for (var table : List.of("outbound_channel", "text_account")) {
      statements.change("update " + table + " t set last_error = '(erased)' where t.tenant_id = ? and exists (select from unnest(?::text[]) a where strpos(lower(t.last_error), a) > 0)", both);
    }
    statements.change("update event e set data = '{}' where e.tenant_id = ? and (e.actor_id = ? or exists (select from unnest(?::text[]) a where strpos(lower(e.data::text), a) > 0))",
        contact, both);
    statements.change("delete from idempotency i where i.tenant_id = ? and (strpos(i.body, ?) > 0 or exists (select from unnest(?::text[]) a where strpos(lower(i.body), a) > 0))",
        contact.toString(), both);
    statements.change("delete from contact where tenant_id = ? and id = ?", contact);
    journal.tenant("contact.erased", Actor.SYSTEM, Map.of("contactId", contact));
    // Bytes that nothing names now go when they are old enough to be certain of it.
    erasures.is(erasure.id(), Erasures.SWEEPING, clock.instant().plus(blobs.garbageAge()));
  }
}
