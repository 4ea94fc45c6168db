package dev.posthorn.intake;

import dev.posthorn.intake.InboundMailResource.InboundMailView;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;

/// Mails that ended without a ticket, brought back on their way: released from quarantine, or tried again after they failed
/// or were ignored. Triage files them as it files any other.
@ApplicationScoped
class Quarantine {
  private final InboundMails mails;
  private final Event<Landed> landed;
  private final Clock clock;

  Quarantine(InboundMails mails, Event<Landed> landed, Clock clock) {
    this.mails = mails;
    this.landed = landed;
    this.clock = clock;
  }

  /// Lets a mail out; one that is out already stays as it is.
  ///
  /// @throws Refusal 404 for a mail that was never held back
  InboundMailView release(UUID id) {
    return back(id, "quarantined mail", mail -> {
      if (mail.state.equals(InboundState.QUARANTINED.word())) {
        mail.release(clock.instant());
      } else if (mail.releasedAt == null) {
        throw Refusal.notFound("quarantined mail");
      }
    });
  }

  /// Tries a mail again; one that waits already stays as it is.
  ///
  /// @throws Refusal 404, or 409 for a mail that was filed
  InboundMailView again(UUID id) {
    return back(id, "inbound mail", mail -> {
      switch (InboundState.of(mail.state)) {
        case FAILED, IGNORED -> mail.again(clock.instant());
        case PENDING -> {
          // on its way
        }
        case QUARANTINED -> throw Refusal.conflict("The mail is in quarantine; release it.");
        case TICKETED, THREADED, ECHO, BOUNCE -> throw Refusal.conflict("The mail is filed; its message can be processed again.");
      }
    });
  }

  private InboundMailView back(UUID id, String what, Consumer<InboundMail> change) {
    var view = QuarkusTransaction.joiningExisting().call(() -> {
      var mail = mails.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> Refusal.notFound(what));
      if (mail.rawGoneAt != null) {
        throw Refusal.of(ProblemKind.GONE, "Its original is not kept any more.");
      }
      change.accept(mail);
      mails.flush();
      return InboundMailView.of(mail);
    });
    landed.fire(new Landed());
    return view;
  }
}
