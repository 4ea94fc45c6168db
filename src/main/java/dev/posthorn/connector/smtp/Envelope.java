package dev.posthorn.connector.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.mail.Address;

/// The envelope as SMTP has it, and the verdict on each recipient as it comes in. A recipient named twice is told to the
/// server once.
final class Envelope {

  private final SmtpPath sender;
  private final List<Address> recipients;
  private final Map<SmtpPath, Optional<SendOutcome>> verdicts = new LinkedHashMap<>();

  Envelope(Dispatch dispatch) {
    recipients = dispatch.recipients();
    sender = dispatch.envelopeFrom().isEmpty() ? SmtpPath.NULL_SENDER
        : SmtpPath.of(Address.of(dispatch.envelopeFrom())).orElseThrow(
            () -> new IllegalArgumentException("the envelope sender's domain has no ASCII form"));
    for (var recipient : recipients) {
      SmtpPath.of(recipient).ifPresent(path -> verdicts.put(path, Optional.empty()));
    }
  }

  SmtpPath sender() {
    return sender;
  }

  /// Those that still wait for their verdict.
  List<SmtpPath> open() {
    var open = new ArrayList<SmtpPath>();
    verdicts.forEach((path, verdict) -> {
      if (verdict.isEmpty()) {
        open.add(path);
      }
    });
    return open;
  }

  void settle(SmtpPath path, SendOutcome verdict) {
    verdicts.put(path, Optional.of(verdict));
  }

  /// The same verdict for all that have none.
  void settleOpen(SendOutcome verdict) {
    verdicts.replaceAll((_, known) -> known.or(() -> Optional.of(verdict)));
  }

  /// One for each recipient of the dispatch, in its order.
  List<Delivery> deliveries() {
    Function<Address, SendOutcome> verdict = recipient -> SmtpPath.of(recipient)
        .map(path -> verdicts.get(path).orElseThrow())
        .orElseGet(() -> new Refused("the address's domain has no ASCII form", "5.1.2"));
    return recipients.stream().map(recipient -> new Delivery(recipient, verdict.apply(recipient))).toList();
  }
}
