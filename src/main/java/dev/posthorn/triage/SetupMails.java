package dev.posthorn.triage;

import dev.posthorn.intake.Explanation;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundState;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.Parsed;
import dev.posthorn.setup.ConfirmationMail;
import dev.posthorn.setup.ForwardingConfirmations;
import dev.posthorn.setup.ForwardingTests;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Mails that belong to a team's set-up and to no customer: our own forwarding tests as they come in, and what a provider asks
/// before it forwards. Neither makes a ticket.
@ApplicationScoped
class SetupMails {
  private static final int MOST_HOPS = 50;

  private final InboundMails inboundMails;
  private final ForwardingTests tests;
  private final ForwardingConfirmations confirmations;
  private final Clock clock;
  private final MeterRegistry meters;

  SetupMails(InboundMails inboundMails, ForwardingTests tests, ForwardingConfirmations confirmations, Clock clock, MeterRegistry meters) {
    this.inboundMails = inboundMails;
    this.tests = tests;
    this.confirmations = confirmations;
    this.clock = clock;
    this.meters = meters;
  }

  /// Whether it looks like one: nothing more is asked for any other mail.
  static boolean mayBe(Reading reading) {
    return reading.parsed() instanceof Parsed.Readable(Mail mail)
        && (ForwardingTests.token(mail.subject(), mail.text()).isPresent() || asked(reading, mail).isPresent());
  }

  /// Settles the mail, if it is one of them.
  ///
  /// @return false where it is to be filed as any other
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean settle(Reading reading) {
    if (!(reading.parsed() instanceof Parsed.Readable(Mail mail))) {
      return false;
    }
    var token = ForwardingTests.token(mail.subject(), mail.text());
    if (token.isPresent()) {
      return settled(reading, "forwarding-test", () -> tests.arrived(token.get(), reading.channel().id, hops(mail), mail.messageId(), mail.subject(), reading.sender()));
    }
    var asked = asked(reading, mail);
    return asked.isPresent() && settled(reading, "forwarding-confirmation", () -> {
      confirmations.keep(asked.get(), reading.team().id, reading.mail().inboundMailId());
      return true;
    });
  }

  /// Whoever forges the provider's address is not believed.
  private static Optional<ConfirmationMail> asked(Reading reading, Mail mail) {
    return reading.sender().isForged() || reading.channel().address == null ? Optional.empty()
        : ConfirmationMail.of(reading.mail().sender(), mail.subject(), mail.text(), reading.channel().address);
  }

  private boolean settled(Reading reading, String reason, BooleanSupplier noted) {
    var row = inboundMails.lockPending(List.of(reading.mail().inboundMailId())).stream().findFirst();
    if (row.isEmpty()) {
      return true;
    }
    if (!noted.getAsBoolean()) {
      return false;
    }
    end(row.get(), reading, reason);
    return true;
  }

  private void end(InboundMail row, Reading reading, String reason) {
    row.settle(InboundState.IGNORED, reason, null, null, clock.instant());
    row.claimedAt = reading.times().claimed();
    row.parsedAt = reading.times().parsed();
    row.explanation = new Explanation(Explanation.VERSION, InboundState.IGNORED, reason, List.of(), reading.notes(), List.of(), null);
    meters.counter("posthorn.mail.filed", "outcome", InboundState.IGNORED.word()).increment();
  }

  /// Each server writes its line above the others: the first one is the oldest.
  private static List<String> hops(Mail mail) {
    return mail.headers("Received").reversed().stream().limit(MOST_HOPS).map(SetupMails::by).toList();
  }

  /// `from a by b with c; date`: who took it.
  private static String by(String received) {
    var words = List.of(received.split("[\\s;]+"));
    int at = words.indexOf("by");
    return at < 0 || at + 1 >= words.size() ? "?" : words.get(at + 1);
  }
}
