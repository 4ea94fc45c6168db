package dev.posthorn.triage;

import dev.posthorn.channel.Suppression;
import dev.posthorn.channel.Suppressions;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.intake.Explanation;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundState;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Report;
import dev.posthorn.mail.Report.Failure;
import dev.posthorn.outbox.Bounces;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.OutboundRecipient;
import dev.posthorn.ticket.Message;
import dev.posthorn.ticket.Messages;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What reports on mails of ours change. A report never makes a ticket and is never answered, so it cannot loop (P-29, P-30);
/// and it changes something only if it names a mail that we sent to the very recipient it speaks of (P-31).
@ApplicationScoped
class Reports {
  private static final int LONGEST_REASON = 300;

  private final InboundMails inboundMails;
  private final Bounces bounces;
  private final Suppressions suppressions;
  private final Messages messages;
  private final Journal journal;
  private final Clock clock;
  private final MeterRegistry meters;

  Reports(InboundMails inboundMails, Bounces bounces, Suppressions suppressions, Messages messages, Journal journal, Clock clock,
      MeterRegistry meters) {
    this.inboundMails = inboundMails;
    this.bounces = bounces;
    this.suppressions = suppressions;
    this.messages = messages;
    this.journal = journal;
    this.clock = clock;
    this.meters = meters;
  }

  /// A mail of ours that a report speaks of.
  ///
  /// @param named by its Message-ID, not only by the address that the report came back to
  private record Ours(OutboundMail mail, Optional<Message> message, boolean named) {}

  /// Settles the mail, if it is a report.
  ///
  /// @return false where it is to be filed as any other
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean settle(Reading reading) {
    if (reading.screened().report().isEmpty()) {
      return false;
    }
    var row = inboundMails.lockPending(List.of(reading.mail().inboundMailId())).stream().findFirst();
    return row.isEmpty() || explained(settle(row.get(), reading.screened().report().get()), row.get(), reading);
  }

  /// Keeps why it was settled as it was.
  private static boolean explained(boolean settled, InboundMail row, Reading reading) {
    if (settled) {
      row.claimedAt = reading.times().claimed();
      row.parsedAt = reading.times().parsed();
      row.explanation = new Explanation(Explanation.VERSION, InboundState.of(row.state), row.reason, List.of(), reading.notes(), List.of(), null);
    }
    return settled;
  }

  private boolean settle(InboundMail row, Report report) {
    return switch (report) {
      case Report.Undelivered undelivered -> {
        undelivered(row, undelivered);
        yield true;
      }
      case Report.Shown(String disposition, Optional<MessageId> original) -> {
        var ours = named(original);
        tell(ours, "message." + (disposition.equals("deleted") ? "deleted-unread" : "displayed"), Map.of());
        end(row, InboundState.IGNORED, "read-receipt", ours);
        yield true;
      }
      // Of a mail that we do not know somebody should read it.
      case Report.Complained(String kind, Optional<MessageId> original) -> named(original).map(ours -> {
        tell(Optional.of(ours), "message.complained", Map.of("complaint", kind));
        end(row, InboundState.IGNORED, "complaint", Optional.of(ours));
        return true;
      }).orElse(false);
    };
  }

  private void undelivered(InboundMail row, Report.Undelivered report) {
    var ours = named(report.original()).or(() -> cameBack(row, report.failures()));
    var reason = "unmatched";
    for (var failure : report.failures()) {
      var recipients = ours.map(sent -> bounces.recipients(sent.mail, failure.addresses())).orElse(List.of());
      for (var recipient : recipients) {
        apply(ours.orElseThrow(), recipient, failure);
        reason = failure.status() + " " + failure.words();
      }
    }
    end(row, InboundState.BOUNCE, reason, reason.equals("unmatched") ? Optional.empty() : ours);
  }

  private void apply(Ours ours, OutboundRecipient recipient, Failure failure) {
    switch (failure.action()) {
      case FAILED -> {
        if (bounces.bounced(ours.mail, recipient, failure.status(), failure.words()) && failure.isHard() && ours.named) {
          suppressions.list(recipient.address.toLowerCase(Locale.ROOT), Suppression.HARD_BOUNCE, Actor.SYSTEM);
        }
      }
      case DELAYED -> tell(Optional.of(ours), "message.delayed", Map.of("status", failure.status()));
      case DELIVERED -> tell(Optional.of(ours), "message.delivered", Map.of("status", failure.status()));
    }
  }

  private Optional<Ours> named(Optional<MessageId> original) {
    return original.flatMap(id -> bounces.sent(id.value())).map(mail -> ours(mail, true));
  }

  /// Reports that bring nothing of the mail back still come to its return path.
  private Optional<Ours> cameBack(InboundMail row, List<Failure> failures) {
    return bounces.sentUnder(row.envelopeTo, failures.stream().flatMap(failure -> failure.addresses().stream()).toList())
        .map(mail -> ours(mail, false));
  }

  private Ours ours(OutboundMail mail, boolean named) {
    return new Ours(mail, messages.find("outboundMailId", mail.id).firstResultOptional(), named);
  }

  private void tell(Optional<Ours> ours, String kind, Map<String, Object> more) {
    ours.flatMap(Ours::message).ifPresent(message -> {
      var data = new HashMap<>(more);
      data.put("messageId", message.id);
      journal.ticket(kind, message.ticketId, Actor.SYSTEM, data);
    });
  }

  private void end(InboundMail row, InboundState state, String reason, Optional<Ours> ours) {
    var message = ours.flatMap(Ours::message);
    row.settle(state, CleanText.cut(reason, LONGEST_REASON), message.map(one -> one.ticketId).orElse(null), message.map(one -> one.id).orElse(null), clock.instant());
    meters.counter("posthorn.mail.filed", "outcome", state.word()).increment();
  }
}
