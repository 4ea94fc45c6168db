package dev.posthorn.outbox;

import dev.posthorn.channel.MailboxLines;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Places;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import dev.posthorn.trace.Walks;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Sends what is due: claim, send without a transaction, settle. Each mail on a virtual thread of its own, at most so many
/// at once; one slow server delays nobody else.
@ApplicationScoped
class SendWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(SendWorker.class);

  private final Outbox outbox;
  private final MailboxLines lines;
  private final OutboxConfig config;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Walks walks;
  private final Places places;
  private final Set<Outbox.Claim> underway = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Loop loop;

  SendWorker(Outbox outbox, MailboxLines lines, OutboxConfig config, Clock clock, MeterRegistry meters, Walks walks) {
    this.outbox = outbox;
    this.lines = lines;
    this.config = config;
    this.clock = clock;
    this.meters = meters;
    this.walks = walks;
    this.places = new Places(config.concurrency());
    this.loop = new Loop("posthorn-send", config.pollInterval(), this::round, this::end);
  }

  /// Counted from nothing on: of a series that begins at its first event, nobody sees that one rise.
  void countFromNothing(@Observes StartupEvent start) {
    List.of("sent", "deferred", "failed", "unknown").forEach(outcome -> meters.counter("posthorn.mail.sent", "outcome", outcome));
  }

  /// What is under way at the end is still ours: the heartbeat goes on until then.
  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(loop, new Loop("posthorn-send-heartbeat", config.lease().dividedBy(3), this::extendLeases)) : List.of();
  }

  private void end() {
    if (!places.end(config.shutdownGrace())) {
      LOG.warnf("%d mails are still on their way; they are due again when their lease ends", underway.size());
    }
    stopped.countDown();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Enqueued enqueued) {
    loop.wake();
  }

  private boolean round() throws Exception {
    return places.fill(config.pollInterval(), outbox::claim, this::sendInPlace);
  }

  /// A slow server may take longer than the lease; a dead worker must not. What is under way stays ours.
  private boolean extendLeases() {
    underway.stream()
        .collect(Collectors.groupingBy(Outbox.Claim::tenant, Collectors.mapping(Outbox.Claim::id, Collectors.toList())))
        .forEach((tenant, mails) -> Tenancy.run(tenant, () -> outbox.extend(mails)));
    return false;
  }

  private void sendInPlace(Outbox.Claim claim) {
    try {
      Tenancy.run(claim.tenant(), () -> send(claim));
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "The mail %s could not be sent or settled; it is due again when its lease ends", claim.id());
    }
  }

  private void send(Outbox.Claim claim) {
    var due = QuarkusTransaction.requiringNew().call(() -> load(claim));
    if (due.isEmpty()) {
      return;
    }
    var mail = due.get().mail();
    try (mail) {
      underway.add(claim);
      var halt = Stream.ofNullable(due.get().trace()).toList();
      var deliveries = walks.<List<Delivery>, RuntimeException>step("outbox.send", SpanKind.CLIENT, halt, step -> {
        step.says("tenant", claim.tenant()).says("outbound-mail", claim.id()).says("channel", due.get().channelId());
        var said = lines.sender(due.get().channelId()).send(due.get().dispatch());
        step.says("outcomes", said.stream().map(SendWorker::outcome).distinct().sorted().collect(Collectors.joining(",")));
        settle(claim, said);
        return said;
      });
      deliveries.forEach(this::count);
    } finally {
      underway.remove(claim);
    }
  }

  /// How it ended is known only here, and unwritten it would be sent again: so for the length of a lease this does not give
  /// up on a database that is away for a moment.
  private void settle(Outbox.Claim claim, List<Delivery> deliveries) {
    var pauses = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    var end = clock.instant().plus(config.lease());
    for (int attempt = 1; ; attempt++) {
      try {
        outbox.settle(claim.id(), deliveries);
        return;
      } catch (RuntimeException e) {
        if (clock.instant().isAfter(end)) {
          throw e;
        }
        LOG.warnf("How the mail %s ended could not be written down (%s); trying again", claim.id(), e.getClass().getSimpleName());
        pause(pauses.after(attempt, ThreadLocalRandom.current().nextDouble()));
      }
    }
  }

  private void pause(Duration pause) {
    try {
      if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Stopped while writing down how a mail ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing down how a mail ended", e);
    }
  }

  private record Due(UUID channelId, Dispatch dispatch, RawMail mail, String trace) {}

  private Optional<Due> load(Outbox.Claim claim) {
    var mail = outbox.begin(claim);
    if (mail.isEmpty()) {
      return Optional.empty();
    }
    var all = outbox.recipients(List.of(claim.id())).getOrDefault(claim.id(), List.of());
    var recipients = all.stream()
        .filter(OutboundRecipient::mayStillGo)
        .map(recipient -> new Address("", recipient.address))
        .toList();
    if (recipients.isEmpty()) {
      return Optional.empty();
    }
    var raw = outbox.raw(mail.get());
    return Optional.of(new Due(mail.get().channelId, new Dispatch(mail.get().envelopeFrom, recipients, new MessageId(mail.get().messageId), raw,
        mail.get().wholeDoubt && OutboundRecipient.nobodyHasIt(all)), raw,
        mail.get().trace));
  }

  private void count(Delivery delivery) {
    meters.counter("posthorn.mail.sent", "outcome", outcome(delivery)).increment();
  }

  private static String outcome(Delivery delivery) {
    return switch (delivery.outcome()) {
      case SendOutcome.Sent _ -> "sent";
      case SendOutcome.Deferred _ -> "deferred";
      case SendOutcome.Refused _ -> "failed";
      case SendOutcome.Unknown _ -> "unknown";
    };
  }
}
