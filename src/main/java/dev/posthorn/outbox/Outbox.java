package dev.posthorn.outbox;

import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.channel.Suppressions;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.trace.Walks;
import dev.posthorn.trust.SendingDomains;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// Mail that is to leave. Enqueued in the transaction that wrote it, claimed with a lease, sent without a transaction,
/// settled per recipient.
@ApplicationScoped
public class Outbox implements PanacheRepositoryBase<OutboundMail, UUID> {
  /// What a worker may now send.
  ///
  /// @param until when the lease ends; also the sign by which the worker sees that nobody else has claimed it since
  public record Claim(TenantId tenant, UUID id, Instant until) {}

  private final Across across;
  private final EntityManager entities;
  private final Blobs blobs;
  private final SealedMails sealedMails;
  private final Suppressions suppressions;
  private final OutboundChannels channels;
  private final SendingDomains domains;
  private final OutboxConfig config;
  private final Clock clock;
  private final Event<Enqueued> enqueued;
  private final Event<Settled> settled;
  private final Walks walks;

  Outbox(Across across, EntityManager entities, Blobs blobs, SealedMails sealedMails, Suppressions suppressions, OutboundChannels channels,
      SendingDomains domains, OutboxConfig config, Clock clock, Event<Enqueued> enqueued, Event<Settled> settled, Walks walks) {
    this.across = across;
    this.entities = entities;
    this.blobs = blobs;
    this.sealedMails = sealedMails;
    this.suppressions = suppressions;
    this.channels = channels;
    this.domains = domains;
    this.config = config;
    this.clock = clock;
    this.enqueued = enqueued;
    this.settled = settled;
    this.walks = walks;
  }

  /// A mail that is to leave.
  ///
  /// @param returnPath where bounces go; "" for the null sender of automatic mail, which nobody answers (RFC 3834, section 3.3)
  /// @param recipients everybody who gets it, those of Bcc included; each once
  /// @param notBefore when it may leave; at once where nothing is said
  /// @param ownAddressMeant whether it goes to addresses of the tenant's own on purpose; otherwise nothing does (OD-27)
  /// @param passing whether what it says is sealed while it waits, and gone as soon as it has left or is given up
  public record Parcel(UUID channelId, String returnPath, Collection<Address> recipients, Draft draft, Optional<Instant> notBefore, boolean ownAddressMeant,
      boolean passing) {
    public Parcel(UUID channelId, String returnPath, Collection<Address> recipients, Draft draft, Optional<Instant> notBefore) {
      this(channelId, returnPath, recipients, draft, notBefore, false, false);
    }

    /// One that leaves at once and that nobody looks at again: it holds a key to something, or words that are kept elsewhere.
    public static Parcel passing(UUID channelId, String returnPath, Collection<Address> recipients, Draft draft) {
      return new Parcel(channelId, returnPath, recipients, draft, Optional.empty(), false, true);
    }

    /// One that leaves at once for an address of the tenant's own, to see whether it comes back.
    public static Parcel toOwnAddress(UUID channelId, String returnPath, Collection<Address> recipients, Draft draft) {
      return new Parcel(channelId, returnPath, recipients, draft, Optional.empty(), true, false);
    }
  }

  /// Composes a mail, signs it where its From is of a domain of the tenant's own, and puts it into the running transaction. It
  /// leaves some time after the commit; its bytes are final.
  public OutboundMail enqueue(Parcel parcel) {
    try (var composed = MailComposer.compose(parcel.draft)) {
      var signed = signs(parcel) ? domains.signed(composed, parcel.draft.from().domain()) : Optional.<RawMail>empty();
      try {
        return enqueue(parcel, signed.orElse(composed));
      } finally {
        signed.ifPresent(RawMail::close);
      }
    }
  }

  /// A mailbox's own server signs by itself.
  private boolean signs(Parcel parcel) {
    var channel = channels.findById(parcel.channelId);
    return channel != null && channel.mailboxId == null;
  }

  private OutboundMail enqueue(Parcel parcel, RawMail mail) {
    var row = new OutboundMail();
    if (parcel.passing) {
      row.sealedId = sealedMails.keep(mail);
      row.rawGoneAt = clock.instant();
    } else {
      blobs.put(mail.sha256(), mail.size(), mail.open());
    }
    row.id = Ids.next();
    row.channelId = parcel.channelId;
    row.messageId = parcel.draft.messageId().value();
    row.sha256 = mail.sha256().bytes();
    row.size = mail.size();
    row.envelopeFrom = parcel.returnPath;
    row.ownAddressMeant = parcel.ownAddressMeant;
    row.state = OutboundState.QUEUED.word();
    row.trace = walks.here();
    row.createdAt = clock.instant();
    row.notBefore = parcel.notBefore.orElse(null);
    row.dueAt = parcel.notBefore.orElse(row.createdAt);
    persist(row);
    entities.flush();
    parcel.recipients.stream().map(Address::address).distinct().forEach(address -> {
      var recipient = new OutboundRecipient();
      recipient.outboundMailId = row.id;
      recipient.address = address;
      recipient.state = OutboundState.QUEUED.word();
      entities.persist(recipient);
    });
    enqueued.fire(new Enqueued());
    return row;
  }

  /// The bytes of a mail that is to leave, in the running transaction. To be closed.
  public RawMail raw(OutboundMail mail) {
    return sealedMails.read(mail, config.memoryBytes());
  }

  /// Takes back a mail that no try was made of, in the running transaction.
  ///
  /// @return whether it does not leave any more
  public boolean withdraw(UUID id) {
    var mail = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (mail == null || !mail.state.equals(OutboundState.QUEUED.word()) || mail.attempts > 0) {
      return false;
    }
    entities.createQuery("delete from OutboundRecipient where outboundMailId = ?1").setParameter(1, id).executeUpdate();
    sealedMails.forget(mail);
    delete(mail);
    return true;
  }

  /// Leases due mails of whatever tenants, oldest first.
  public List<Claim> claim(int atMost) {
    var now = clock.instant();
    var lease = config.lease().truncatedTo(ChronoUnit.MILLIS);
    return across.find((tenant, id) -> new Claim(tenant, id, now.plus(lease)), "select tenant_id, id from claim_outbound_mail(?, make_interval(secs => ?), ?)", atMost, lease, now);
  }

  /// The mail just before it is sent, with a lease that begins now, in the running transaction. Nothing if the lease has
  /// ended meanwhile and another worker came, if the mail is gone or settled, or if nobody is left who may get it.
  Optional<OutboundMail> begin(Claim claim) {
    var mail = findById(claim.id(), LockModeType.PESSIMISTIC_WRITE);
    if (mail == null || !mail.isOpen() || !mail.dueAt.equals(claim.until()) || waitsInDoubt(mail)) {
      return Optional.empty();
    }
    mail.attemptedAt = clock.instant();
    mail.underway = true;
    mail.dueAt = mail.attemptedAt.plus(config.lease());
    return suppress(mail) ? Optional.empty() : Optional.of(mail);
  }

  /// The process of the last try died, and that try may have ended well: another one waits until the mailbox had time to show it.
  private boolean waitsInDoubt(OutboundMail mail) {
    return mail.underway && mail.endedUnheard(recipients(List.of(mail.id)).get(mail.id).size(), clock.instant(), config.doubtPause());
  }

  /// Recipients who are listed get nothing (OD-25), whenever they were listed.
  ///
  /// @return whether that ends the mail
  private boolean suppress(OutboundMail mail) {
    var recipients = recipients(List.of(mail.id)).getOrDefault(mail.id, List.of());
    var waiting = recipients.stream().filter(OutboundRecipient::mayStillGo).toList();
    var addresses = waiting.stream().map(recipient -> recipient.address).toList();
    var listed = mail.ownAddressMeant ? suppressions.amongOthers(addresses) : suppressions.among(addresses);
    waiting.stream().filter(recipient -> listed.contains(recipient.address))
        .forEach(recipient -> recipient.is(OutboundState.SUPPRESSED, "Listed: nothing is sent there"));
    if (listed.isEmpty() || recipients.stream().anyMatch(OutboundRecipient::mayStillGo)) {
      return false;
    }
    conclude(mail, recipients, Optional.empty());
    settled.fire(new Settled(mail.id, OutboundState.of(mail.state), mail.lastError));
    return true;
  }

  /// Prolongs the lease of mails that are being sent.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void extend(Collection<UUID> underway) {
    update("dueAt = ?1 where id in ?2 and state in ('queued', 'deferred')", clock.instant().plus(config.lease()), underway);
  }

  /// Writes down how a try ended with each recipient, and what that makes of the mail. What is settled stays: a worker that
  /// outlived its lease cannot undo what another one has written since. Nothing happens where the mail is gone with its
  /// tenant.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void settle(UUID id, List<Delivery> deliveries) {
    var mail = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (mail == null || !mail.isOpen()) {
      return;
    }
    var recipients = recipients(List.of(id)).getOrDefault(id, List.of()).stream()
        .collect(Collectors.toMap(recipient -> recipient.address, recipient -> recipient, (a, _) -> a, LinkedHashMap::new));
    Optional<Duration> asked = Optional.empty();
    int unknown = 0;
    mail.underway = false;
    for (var delivery : deliveries) {
      var recipient = recipients.get(delivery.recipient().address());
      if (!recipient.mayStillGo()) {
        continue;
      }
      switch (delivery.outcome()) {
        case SendOutcome.Sent(String words) -> recipient.is(OutboundState.SENT, words);
        case SendOutcome.Refused refused -> {
          recipient.is(OutboundState.FAILED, refused.why());
          mail.lastError = refused.why();
        }
        case SendOutcome.Deferred deferred -> {
          recipient.is(OutboundState.DEFERRED, deferred.why());
          mail.lastError = deferred.why();
          asked = deferred.after();
        }
        case SendOutcome.Unknown(String why) -> {
          recipient.is(OutboundState.DEFERRED, why);
          mail.lastError = why;
          unknown++;
        }
      }
    }
    if (unknown > 0) {
      mail.doubtful = true;
      mail.wholeDoubt = unknown == recipients.size();
      asked = Optional.of(config.doubtPause());
    }
    channels.heard(mail.channelId, deliveries);
    conclude(mail, recipients.values(), asked);
    settled.fire(new Settled(mail.id, OutboundState.of(mail.state), mail.lastError));
  }

  private void conclude(OutboundMail mail, Collection<OutboundRecipient> recipients, Optional<Duration> asked) {
    var now = clock.instant();
    var waiting = recipients.stream().filter(OutboundRecipient::mayStillGo).toList();
    if (!waiting.isEmpty() && mail.beginning().plus(config.giveUpAfter()).isBefore(now)) {
      waiting.forEach(recipient -> recipient.state = OutboundState.FAILED.word());
    } else if (!waiting.isEmpty()) {
      var pause = new Backoff(config.firstPause(), config.longestPause()).after(mail.attempts, ThreadLocalRandom.current().nextDouble());
      mail.state = OutboundState.DEFERRED.word();
      mail.dueAt = now.plus(asked.filter(wish -> wish.compareTo(pause) > 0).orElse(pause));
      return;
    }
    var end = OutboundRecipient.end(recipients);
    mail.state = end.word();
    sealedMails.forget(mail);
    mail.sentAt = OutboundRecipient.any(recipients, OutboundState.SENT) || OutboundRecipient.any(recipients, OutboundState.BOUNCED) ? now : null;
    if (end == OutboundState.SENT) {
      mail.lastError = null;
      mail.doubtful = false;
    }
  }

  /// These mails, by id.
  public Map<UUID, OutboundMail> byIds(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : find("id in ?1", ids).stream().collect(Collectors.toMap(mail -> mail.id, mail -> mail));
  }

  /// The recipients of these mails, by mail.
  public Map<UUID, List<OutboundRecipient>> recipients(Collection<UUID> mails) {
    return mails.isEmpty() ? Map.of() : entities.createQuery("from OutboundRecipient where outboundMailId in ?1 order by address", OutboundRecipient.class)
        .setParameter(1, mails).getResultStream()
        .collect(Collectors.groupingBy(recipient -> recipient.outboundMailId));
  }
}
