package dev.posthorn.ingress;

import dev.posthorn.channel.Announcements;
import dev.posthorn.channel.MailboxLines;
import dev.posthorn.channel.MailboxMishaps;
import dev.posthorn.channel.MailboxPull;
import dev.posthorn.channel.MailboxPulls;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.Step;
import dev.posthorn.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// One mailbox in one process's hands, from the claim until it is let go: pull, land, do with the mails what is wanted, go on;
/// listen; again. On a virtual thread of its own: a server that hangs holds up nobody else.
///
/// The order is what keeps mail: durable first, then the server is told, then the cursor moves. Whatever dies in between, the same
/// mails come again and are known.
final class MailboxShift {
  private static final Logger LOG = Logger.getLogger(MailboxShift.class);
  private static final int MISHAPS_AT_ONCE = 10;

  /// What a shift works with.
  record Tools(UUID node, MailboxLines lines, MailboxPulls pulls, MailboxMishaps mishaps, Announcements announcements, Landing landing, HostBudget hosts,
      PullMetrics metrics, PullConfig config, Clock clock) {}

  private final Tools tools;
  private final MailboxPulls.Claim claim;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile MailSource source;

  MailboxShift(Tools tools, MailboxPulls.Claim claim) {
    this.tools = tools;
    this.claim = claim;
  }

  MailboxPulls.Claim claim() {
    return claim;
  }

  /// Ends it from outside: the process stops, or somebody else has the mailbox now. A page that is being landed is landed.
  void end() {
    ended.countDown();
    var open = source;
    if (open != null) {
      open.close();
    }
  }

  /// Runs on behalf of the mailbox's tenant.
  void run() throws InterruptedException {
    var reading = tools.lines.reading(claim.mailboxId(), tools.node);
    if (reading.isEmpty()) {
      return;
    }
    var turn = tools.hosts.enter(reading.get().budget(), reading.get().limits());
    if (turn.isEmpty()) {
      tools.pulls.release(claim.mailboxId(), tools.node, spread(tools.config.interval()));
      return;
    }
    try (var open = reading.get().source()) {
      source = open;
      if (!ended.await(turn.get().toMillis(), TimeUnit.MILLISECONDS)) {
        read(reading.get(), claim.tenant(), open);
      }
    } finally {
      tools.hosts.leave(reading.get().budget());
      if (isOver()) {
        tools.pulls.release(claim.mailboxId(), tools.node, tools.clock.instant());
      }
    }
  }

  private void read(MailboxLines.Reading mailbox, TenantId tenant, MailSource open) throws InterruptedException {
    var end = tools.clock.instant().plus(tools.config.shift());
    var cursor = mailbox.cursor();
    var budget = new DayBudget(mailbox.limits(), mailbox.spent());
    boolean first = true;
    while (!isOver()) {
      tools.pulls.heed(mailbox.mailboxId());
      if (budget.isSpent(today())) {
        waitForTomorrow(mailbox, budget);
        return;
      }
      switch (budget.isSpentForBacklog(today()) ? open.pullFresh(cursor) : open.pull(cursor)) {
        case PullOutcome.Page page -> {
          var fetched = page.mails().stream().mapToLong(PulledMail::octets).sum();
          var ours = tools.landing.land(tenant, mailbox, page.mails());
          tools.metrics.pulled(page.mails().size());
          tellServer(open, ours);
          var spent = budget.spend(today(), fetched);
          if (!Optional.of(page.nextCursor()).equals(cursor)
              && !tools.pulls.advance(mailbox.mailboxId(), tools.node, page.nextCursor(), spent)) {
            return;
          }
          cursor = Optional.of(page.nextCursor());
          if (page.more()) {
            continue;
          }
        }
        case PullOutcome.Later later -> {
          failed(mailbox, first, MailboxPull.FAILING, later.step(), later.why(), later.after());
          return;
        }
        case PullOutcome.Revoked(var why) -> {
          refused(mailbox, first, why);
          return;
        }
      }
      first = false;
      tools.pulls.succeeded(mailbox.mailboxId(), tools.node);
      tools.metrics.succeeded();
      lookAgain(mailbox, tenant, open);
      seeToAnnouncements(open);
      if (!stays(mailbox, open, end)) {
        return;
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(tools.clock.instant(), ZoneOffset.UTC);
  }

  /// Its state stays; that it is not read is told by what tells of every mailbox that is not.
  private void waitForTomorrow(MailboxLines.Reading mailbox, DayBudget budget) {
    var tomorrow = Duration.between(tools.clock.instant(), today().plusDays(1).atStartOfDay(ZoneOffset.UTC));
    tools.metrics.failed("budget");
    tools.pulls.hindered(mailbox.mailboxId(), tools.node, Step.MAIL.word(), "All of the " + budget.mostBytes()
        + " bytes that its provider allows in a day were fetched; it is read again tomorrow", notBefore(tomorrow, tools.config.interval()));
  }

  /// What goes wrong here is no reason to stop: the mails are ours.
  private void tellServer(MailSource open, List<String> ours) {
    open.imported(ours).ifPresent(why -> LOG.warnf("Imported mails of the mailbox %s could not be marked, moved or deleted: %s",
        claim.mailboxId(), why));
  }

  /// Where nobody listens, the provider is asked to announce new mail, and asked anew before that ends.
  private void seeToAnnouncements(MailSource open) {
    open.announcer().flatMap(announcer -> tools.announcements.due(claim.mailboxId()).map(due -> announcer.announce(due.current(), due.state())))
        .ifPresent(outcome -> tools.announcements.answered(claim.mailboxId(), outcome, tools.config.announcementPause(),
            tools.config.announcementRetry()));
  }

  /// Listens, or lets the mailbox go until it is due again.
  ///
  /// @return whether there is something to look at
  private boolean stays(MailboxLines.Reading mailbox, MailSource open, Instant end) {
    boolean full = tools.hosts.isFull(mailbox.budget(), mailbox.limits());
    if (!tools.config.listen() || full || isOver()) {
      return letGo(mailbox, spread(tools.config.interval()));
    }
    if (!tools.clock.instant().isBefore(end)) {
      return letGo(mailbox, tools.clock.instant());
    }
    return switch (open.await(tools.config.listenFor())) {
      case NEWS, QUIET, LOST -> !isOver();
      case CANNOT -> letGo(mailbox, spread(tools.config.interval()));
    };
  }

  private boolean letGo(MailboxLines.Reading mailbox, Instant due) {
    tools.pulls.release(mailbox.mailboxId(), tools.node, due);
    return false;
  }

  private boolean isOver() {
    return ended.getCount() == 0;
  }

  /// Mails that could not be read before.
  private void lookAgain(MailboxLines.Reading mailbox, TenantId tenant, MailSource open) throws InterruptedException {
    for (var reference : tools.mishaps.due(mailbox.mailboxId(), MISHAPS_AT_ONCE)) {
      switch (open.again(reference)) {
        case MailSource.Sought.Found(var mail) -> {
          boolean unreadable = mail.content() instanceof PulledMail.Content.Unreadable;
          tellServer(open, tools.landing.land(tenant, mailbox, List.of(mail)));
          if (!unreadable) {
            tools.mishaps.over(mailbox.mailboxId(), reference);
          }
        }
        case MailSource.Sought.Gone() -> tools.mishaps.over(mailbox.mailboxId(), reference);
        case MailSource.Sought.NotNow _ -> {
          return;
        }
      }
    }
  }

  private void failed(MailboxLines.Reading mailbox, boolean first, String state, Step step, String why, Optional<Duration> after) {
    if (isOver()) {
      return;
    }
    int failures = first ? mailbox.failures() : 0;
    var pause = pause(failures);
    var due = after.filter(time -> time.compareTo(pause) > 0).map(time -> notBefore(time, time)).orElseGet(() -> spread(pause));
    tools.metrics.failed(step.word());
    if (step == Step.TOKEN) {
      tools.pulls.hindered(mailbox.mailboxId(), tools.node, step.word(), why, due);
    } else {
      tools.pulls.failed(mailbox.mailboxId(), tools.node, state, step.word(), why, due);
    }
  }

  /// Once may be a whim of the server; the same answer again and again is not.
  private void refused(MailboxLines.Reading mailbox, boolean first, String why) {
    int refusals = (first ? mailbox.failures() : 0) + 1;
    boolean forGood = refusals >= tools.config.refusedLogins();
    failed(mailbox, first, forGood ? MailboxPull.NEEDS_REAUTHORIZATION : MailboxPull.FAILING, Step.LOGIN, why,
        forGood ? Optional.of(tools.config.refusedPause()) : Optional.empty());
  }

  private Duration pause(int failures) {
    var step = tools.config.firstPause().multipliedBy(1L << Math.min(failures, 20));
    return step.compareTo(tools.config.longestPause()) > 0 ? tools.config.longestPause() : step;
  }

  /// What the server asked for is kept to the second (P-08), and nobody comes back in that very second.
  private Instant notBefore(Duration asked, Duration spread) {
    return tools.clock.instant().plus(asked).plusMillis((long) (spread.toMillis() * ThreadLocalRandom.current().nextDouble() / 4));
  }

  /// What failed together shall not come back together.
  private Instant spread(Duration pause) {
    return tools.clock.instant().plus(Duration.ofMillis((long) (pause.toMillis() * (0.75 + ThreadLocalRandom.current().nextDouble() / 2))));
  }
}
