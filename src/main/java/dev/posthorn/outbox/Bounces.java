package dev.posthorn.outbox;

import dev.posthorn.connector.ServerWords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What became of mail after another server took it: it came back. Works in the caller's transaction.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Bounces {
  private final Outbox outbox;
  private final EntityManager entities;
  private final Event<Settled> settled;

  Bounces(Outbox outbox, EntityManager entities, Event<Settled> settled) {
    this.outbox = outbox;
    this.entities = entities;
    this.settled = settled;
  }

  /// A mail of ours, locked.
  public Optional<OutboundMail> sent(String messageId) {
    return outbox.find("messageId", messageId).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }

  /// The last mail that we sent under this return path to somebody called one of these names, locked. The return path is a
  /// signed address that nobody can guess, so whoever writes to it has had a mail of ours.
  ///
  /// @param normalized names of the recipient
  public Optional<OutboundMail> sentUnder(String returnPath, Collection<String> normalized) {
    return normalized.isEmpty() ? Optional.empty() : outbox.find("""
            lower(envelopeFrom) = ?1 and id in (select outboundMailId from OutboundRecipient where lower(address) in ?2)
            order by id desc""", returnPath.toLowerCase(Locale.ROOT), normalized)
        .withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }

  /// Those of the mail's recipients that are called one of these names. Only to them can it have failed (P-31).
  public List<OutboundRecipient> recipients(OutboundMail mail, Collection<String> normalized) {
    return outbox.recipients(List.of(mail.id)).getOrDefault(mail.id, List.of()).stream()
        .filter(recipient -> normalized.contains(recipient.address.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// It did not arrive with this recipient. What is known to have failed already stays as it was.
  ///
  /// @param words the refusing server's
  /// @return whether that is news
  public boolean bounced(OutboundMail mail, OutboundRecipient recipient, String status, String words) {
    var state = OutboundState.of(recipient.state);
    if (state == OutboundState.BOUNCED || state == OutboundState.FAILED || state == OutboundState.SUPPRESSED) {
      return false;
    }
    recipient.state = OutboundState.BOUNCED.word();
    recipient.serverWords = ServerWords.line(words.contains(status) ? words : status + " " + words);
    mail.lastError = recipient.serverWords;
    if (!mail.isOpen()) {
      mail.state = OutboundRecipient.end(outbox.recipients(List.of(mail.id)).get(mail.id)).word();
      entities.flush();
      settled.fire(new Settled(mail.id, OutboundState.of(mail.state), mail.lastError));
    }
    return true;
  }
}
