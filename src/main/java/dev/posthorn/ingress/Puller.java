package dev.posthorn.ingress;

import dev.posthorn.channel.Announcements;
import dev.posthorn.channel.MailboxLines;
import dev.posthorn.channel.MailboxMishaps;
import dev.posthorn.channel.MailboxPulls;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Reads mailboxes. Each that is due is leased to one process, which holds it for a shift ([MailboxShift]) and says by its
/// heartbeat that it lives; what a dead one held is free when its lease ends (P-38).
@ApplicationScoped
class Puller implements Worker {
  private static final Logger LOG = Logger.getLogger(Puller.class);

  private final MailboxPulls pulls;
  private final PullConfig config;
  private final MailboxShift.Tools tools;
  private final UUID node = Ids.next();
  private final Map<MailboxPulls.Claim, MailboxShift> shifts = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mailbox-", 0).factory());

  Puller(MailboxLines lines, MailboxPulls pulls, MailboxMishaps mishaps, Announcements announcements, Landing landing, PullMetrics metrics,
      PullConfig config, MeterRegistry meters, Clock clock) {
    this.pulls = pulls;
    this.config = config;
    this.tools = new MailboxShift.Tools(node, lines, pulls, mishaps, announcements, landing,
        new HostBudget(config.connectionsPerHost(), config.betweenConnections(), clock), metrics, config, clock);
    meters.gauge("posthorn.mailbox.held", shifts, Map::size);
  }

  /// What is read to its end is still ours: the heartbeat goes on until then.
  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(new Loop("posthorn-pull", config.claimInterval(), this::round, this::end),
        new Loop("posthorn-pull-heartbeat", config.lease().dividedBy(3), this::prolong)) : List.of();
  }

  private void end() {
    shifts.values().forEach(MailboxShift::end);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf("%d mailboxes are still being read; they are free when their leases end", shifts.size());
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether there may be more
  private boolean round() {
    int free = config.maxMailboxes() - shifts.size();
    if (free <= 0) {
      return false;
    }
    int atMost = Math.min(free, 100);
    var claims = pulls.claim(node, atMost, config.lease());
    claims.forEach(this::begin);
    return claims.size() == atMost;
  }

  private void begin(MailboxPulls.Claim claim) {
    var shift = new MailboxShift(tools, claim);
    var running = shifts.putIfAbsent(claim, shift);
    if (running != null) {
      // The mailbox was changed meanwhile, and is ours again: it is read as it is now. What nobody reads the heartbeat finds.
      running.end();
      return;
    }
    threads.execute(() -> {
      try {
        Tenancy.<Void, Exception>in(claim.tenant(), () -> {
          shift.run();
          return null;
        });
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception | Error e) {
        LOG.errorf(e, "The mailbox %s could not be read; it is free when its lease ends", claim.mailboxId());
      } finally {
        shifts.remove(claim, shift);
      }
    });
  }

  /// A shift whose lease somebody else has taken is ended: never two read one mailbox. What is ours and is not read, is.
  private boolean prolong() {
    var before = new HashSet<>(shifts.keySet());
    var held = new HashSet<>(pulls.extend(node, config.lease()));
    before.stream().filter(claim -> !held.contains(claim)).map(shifts::get).filter(Objects::nonNull).forEach(MailboxShift::end);
    held.stream().filter(claim -> !shifts.containsKey(claim)).forEach(this::begin);
    return false;
  }
}
