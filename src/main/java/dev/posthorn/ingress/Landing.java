package dev.posthorn.ingress;

import dev.posthorn.channel.MailboxLines;
import dev.posthorn.channel.MailboxMishaps;
import dev.posthorn.connector.PulledMail;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.Receipt;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Makes pulled mails durable, one after the other. What was pulled and is not durable is pulled again: the cursor has not moved.
@ApplicationScoped
class Landing {
  private final Intake intake;
  private final MailboxMishaps mishaps;
  private final PullConfig config;
  private final Clock clock;
  private final Semaphore storing;

  Landing(Intake intake, MailboxMishaps mishaps, PullConfig config, Clock clock) {
    this.intake = intake;
    this.mishaps = mishaps;
    this.config = config;
    this.clock = clock;
    this.storing = new Semaphore(config.storing(), true);
  }

  /// @return references of the mails that are ours now as they are: with these the mailbox may do what it wants
  List<String> land(TenantId tenant, MailboxLines.Reading mailbox, List<PulledMail> mails) throws InterruptedException {
    var ours = new ArrayList<String>();
    try {
      for (var mail : mails) {
        if (land(tenant, mailbox, mail)) {
          ours.add(mail.reference());
        }
      }
    } finally {
      mails.forEach(PulledMail::close);
    }
    return ours;
  }

  private boolean land(TenantId tenant, MailboxLines.Reading mailbox, PulledMail mail) throws InterruptedException {
    return switch (mail.content()) {
      case Content.Whole(var raw) -> switch (store(tenant, mailbox, mail, raw, MailHead.of(raw))) {
        case Receipt.Stored _, Receipt.Duplicate _ -> true;
        case Receipt.TooLarge(var limit) -> {
          note(tenant, mailbox, mail, raw, raw.size(), limit);
          yield false;
        }
      };
      case Content.TooLarge(var size, var beginning) -> {
        note(tenant, mailbox, mail, beginning, size, 0);
        yield false;
      }
      case Content.Unreadable(var why) -> {
        mishaps.happened(mailbox.mailboxId(), mail.reference(), why, config.mishapPause(), config.mishapAttempts());
        yield false;
      }
    };
  }

  /// A mail that is too large is a ticket with a note; the original stays in its mailbox, untouched (P-36).
  private void note(TenantId tenant, MailboxLines.Reading mailbox, PulledMail mail, RawMail beginning, long size, long limit)
      throws InterruptedException {
    var head = MailHead.of(beginning);
    var most = limit > 0 ? " (" + limit + " bytes are taken)" : "";
    try (var note = head.note("This mail has " + size + " bytes, more than is taken" + most + ". It lies untouched in the mailbox "
        + mailbox.address() + ".")) {
      store(tenant, mailbox, mail, note, head);
    }
  }

  private Receipt store(TenantId tenant, MailboxLines.Reading mailbox, PulledMail mail, RawMail raw, MailHead head) throws InterruptedException {
    var now = clock.instant();
    // A server whose clock is ahead receives nothing in our future.
    var receivedAt = mail.receivedAt().isAfter(now) ? now : mail.receivedAt().isBefore(Instant.EPOCH) ? Instant.EPOCH : mail.receivedAt();
    var arrival = new Arrival(tenant, mailbox.channelId(), mail.sourceKey(), head.returnPath(), mailbox.address(), mailbox.host(),
        mailbox.way(), receivedAt, wasThereBefore(receivedAt, mailbox),
        mail.conversation());
    storing.acquire();
    try {
      return intake.accept(arrival, raw);
    } finally {
      storing.release();
    }
  }

  /// INTERNALDATE counts whole seconds (RFC 9051, section 2.3.3): what came in the very second of the connection is new.
  private static boolean wasThereBefore(Instant receivedAt, MailboxLines.Reading mailbox) {
    return receivedAt.isBefore(mailbox.connectedAt().truncatedTo(ChronoUnit.SECONDS));
  }
}
