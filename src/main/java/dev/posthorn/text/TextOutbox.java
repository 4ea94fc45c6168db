package dev.posthorn.text;

import dev.posthorn.outbox.Backoff;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.TenantId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// Texts that are to leave: enqueued in the transaction that wrote them, claimed with a lease, given to the gateway without a
/// transaction, settled.
@ApplicationScoped
public class TextOutbox implements PanacheRepositoryBase<OutboundText, UUID> {
  /// What a worker may now give away.
  ///
  /// @param until when the lease ends; also the sign that nobody else has claimed it since
  record Claim(TenantId tenant, UUID id, Instant until) {}

  /// A text on its way to its gateway.
  record Sending(UUID id, URI gateway, Secret secret, String from, String to, String text, Instant at) {
    @Override
    public String toString() {
      return "Sending[" + id + "]";
    }
  }

  private final TextAccounts accounts;
  private final Secrets secrets;
  private final Across across;
  private final TextConfig config;
  private final Backoff backoff;
  private final Clock clock;
  private final Event<TextWaits> waits;
  private final Event<TextSettled> settled;

  TextOutbox(TextAccounts accounts, Secrets secrets, Across across, TextConfig config, Clock clock, Event<TextWaits> waits, Event<TextSettled> settled) {
    this.accounts = accounts;
    this.secrets = secrets;
    this.across = across;
    this.config = config;
    this.backoff = new Backoff(config.firstPause(), config.longestPause());
    this.clock = clock;
    this.waits = waits;
    this.settled = settled;
  }

  /// Puts a text into the running transaction. It leaves some time after the commit; its id is what the gateway knows it by.
  ///
  /// @param notBefore when it may leave; at once where nothing is said
  public OutboundText enqueue(UUID accountId, String number, String text, Optional<Instant> notBefore) {
    var row = new OutboundText();
    row.id = Ids.next();
    row.accountId = accountId;
    row.number = number;
    row.text = text;
    row.segments = TextLength.of(text).segments();
    row.state = OutboundText.QUEUED;
    row.createdAt = clock.instant();
    row.notBefore = notBefore.orElse(null);
    row.dueAt = notBefore.orElse(row.createdAt);
    persistAndFlush(row);
    waits.fire(new TextWaits());
    return row;
  }

  /// Takes back a text that no try was made of, in the running transaction.
  ///
  /// @return whether it does not leave any more
  public boolean withdraw(UUID id) {
    var text = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (text == null || !text.state.equals(OutboundText.QUEUED) || text.attempts > 0) {
      return false;
    }
    delete(text);
    return true;
  }

  /// These texts, by id.
  public Map<UUID, OutboundText> byIds(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : find("id in ?1", ids).stream().collect(Collectors.toMap(text -> text.id, text -> text));
  }

  /// Leases due texts of whatever tenants, oldest first.
  List<Claim> claim(int atMost) {
    var now = clock.instant();
    var lease = config.lease().truncatedTo(ChronoUnit.MILLIS);
    return across.find((tenant, id) -> new Claim(tenant, id, now.plus(lease)), "select tenant_id, id from claim_outbound_texts(?, make_interval(secs => ?), ?)", atMost, lease, now);
  }

  /// The text just before it is given away. Nothing where another worker has it by now, or its account lets nothing out.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<Sending> begin(Claim claim) {
    var text = findById(claim.id(), LockModeType.PESSIMISTIC_WRITE);
    if (text == null || !text.isOpen() || !text.dueAt.equals(claim.until())) {
      return Optional.empty();
    }
    var account = accounts.findById(text.accountId);
    if (account == null || !account.active) {
      conclude(text, account == null ? new GatewayAnswer.Refused("The text account was deleted") : new GatewayAnswer.Later("The text account is paused", false));
      return Optional.empty();
    }
    text.attemptedAt = clock.instant();
    return Optional.of(new Sending(text.id, URI.create(account.gatewayUrl), secrets.open(account.secretId), account.number, text.number, text.text, text.createdAt));
  }

  /// Writes down how a try ended. What is settled stays.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void settle(UUID id, GatewayAnswer answer) {
    var text = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (text == null || !text.isOpen()) {
      return;
    }
    conclude(text, answer);
    switch (answer) {
      case GatewayAnswer.Taken _ -> accounts.heard(text.accountId, null, clock.instant());
      case GatewayAnswer.Later later -> accounts.heard(text.accountId, later.why(), clock.instant());
      case GatewayAnswer.Refused _ -> {
        // This text is what it will not take: the account works.
      }
    }
  }

  private void conclude(OutboundText text, GatewayAnswer answer) {
    var now = clock.instant();
    switch (answer) {
      case GatewayAnswer.Taken _ -> text.sent(now);
      case GatewayAnswer.Refused(String why) -> text.failed(why);
      case GatewayAnswer.Later(String why, boolean doubtful) -> {
        text.doubtful = text.doubtful || doubtful;
        text.lastError = why;
        text.state = OutboundText.DEFERRED;
        text.dueAt = now.plus(backoff.after(text.attempts, ThreadLocalRandom.current().nextDouble()));
        var beginning = text.notBefore == null ? text.createdAt : text.notBefore;
        if (beginning.plus(config.giveUpAfter()).isBefore(now)) {
          text.failed(why);
        }
      }
    }
    if (!text.isOpen()) {
      settled.fire(new TextSettled(text.id, text.state, text.lastError));
    }
  }

  /// The gateway tells what became of a text that it took. A text that arrived has arrived, whatever is told later.
  ///
  /// @return whether the account has such a text
  boolean receipt(UUID accountId, UUID id, boolean delivered, String why) {
    var text = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (text == null || !text.accountId.equals(accountId)) {
      return false;
    }
    if (delivered && !text.state.equals(OutboundText.DELIVERED)) {
      text.sent(text.sentAt == null ? clock.instant() : text.sentAt);
      text.state = OutboundText.DELIVERED;
      text.deliveredAt = clock.instant();
      settled.fire(new TextSettled(text.id, text.state, null));
    } else if (!delivered && !text.state.equals(OutboundText.DELIVERED) && !text.state.equals(OutboundText.FAILED)) {
      text.failed(why);
      settled.fire(new TextSettled(text.id, text.state, why));
    }
    return true;
  }

  /// Nothing more leaves by the account.
  void giveUp(UUID accountId, String why) {
    list("accountId = ?1 and state in ('queued', 'deferred')", accountId).forEach(text -> conclude(text, new GatewayAnswer.Refused(why)));
  }
}
