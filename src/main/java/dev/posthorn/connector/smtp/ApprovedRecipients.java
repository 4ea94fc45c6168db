package dev.posthorn.connector.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.mail.Address;

/// `quarkus.mailer.approved-recipients`: on a trial installation only these people get mail. Who sets it means every mail of
/// the platform, so it holds for the relay too.
record ApprovedRecipients(List<Pattern> patterns) {

  ApprovedRecipients {
    patterns = patterns.stream().filter(Objects::nonNull).toList();
  }

  boolean allows(Address recipient) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(recipient.address()).matches());
  }

  /// The sender that refuses everybody else, and sends nothing when nobody is left.
  MailSender before(MailSender sender) {
    return dispatch -> {
      var allowed = dispatch.recipients().stream().filter(this::allows).toList();
      var outcomes = new LinkedHashMap<Address, SendOutcome>();
      if (!allowed.isEmpty()) {
        sender.send(new Dispatch(dispatch.envelopeFrom(), allowed, dispatch.messageId(), dispatch.mail()))
            .forEach(delivery -> outcomes.put(delivery.recipient(), delivery.outcome()));
      }
      var deliveries = new ArrayList<Delivery>();
      for (var recipient : dispatch.recipients()) {
        deliveries.add(new Delivery(recipient, outcomes.getOrDefault(recipient,
            new Refused("not among quarkus.mailer.approved-recipients", "5.7.1"))));
      }
      return List.copyOf(deliveries);
    };
  }
}
