package dev.posthorn.ingress;

import dev.posthorn.channel.HostLimits;
import dev.posthorn.channel.MailboxLines;
import java.time.LocalDate;

/// What may still be fetched from one mailbox today (UTC): providers that count bytes lock out whoever takes too many, for a day and
/// for all programs of the mailbox. Mail that was there before stops earlier, so that what comes still comes.
final class DayBudget {
  private final HostLimits limits;
  private LocalDate day;
  private long spent;

  DayBudget(HostLimits limits, MailboxLines.Spent before) {
    this.limits = limits;
    this.day = before.on();
    this.spent = before.bytes();
  }

  /// @return what is spent today, with these
  MailboxLines.Spent spend(LocalDate today, long bytes) {
    spent = spentOn(today) + bytes;
    day = today;
    return new MailboxLines.Spent(day, spent);
  }

  private long spentOn(LocalDate today) {
    return today.equals(day) ? spent : 0;
  }

  /// Nothing more today.
  boolean isSpent(LocalDate today) {
    return limits.bytesPerDay() > 0 && spentOn(today) >= limits.bytesPerDay();
  }

  /// Nothing more today of what was there before.
  boolean isSpentForBacklog(LocalDate today) {
    return limits.bytesPerDay() > 0 && spentOn(today) >= limits.bytesPerDay() / 100.0 * limits.backlogPercent();
  }

  long mostBytes() {
    return limits.bytesPerDay();
  }
}
