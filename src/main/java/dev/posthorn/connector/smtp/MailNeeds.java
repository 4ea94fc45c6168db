package dev.posthorn.connector.smtp;

import java.util.Optional;

import org.eclipse.angus.mail.smtp.SMTPTransport;

import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Refused;

/// What one mail needs of the server that it is to be given to.
record MailNeeds(Envelope envelope, long size, Survey survey, SMTPTransport server) {

  /// What the server would have to be able to do for this mail and says it is not.
  Optional<SendOutcome> missing() {
    var limit = declaredSize();
    if (limit > 0 && size > limit) {
      // RFC 1870 section 6.1: it would be refused, so it need not be sent.
      return Optional.of(new Refused("the mail has " + size + " octets, the server takes " + limit, "5.3.4"));
    }
    if (survey.eightBit() && !server.supportsExtension("8BITMIME")) {
      // RFC 6152 section 3: not to be sent as it is, and rewriting it would break what is signed or attached.
      return Optional.of(new Refused("the server takes no 8-bit mail (8BITMIME)", "5.6.3"));
    }
    if (envelope.sender().needsUtf8() && !server.supportsExtension("SMTPUTF8")) {
      return Optional.of(new Refused("the server takes no sender beyond ASCII (SMTPUTF8)", "5.6.7"));
    }
    return Optional.empty();
  }

  /// The MAIL command with what it needs and the server offers.
  String mailCommand() {
    var command = new StringBuilder("MAIL FROM:<" + envelope.sender().text() + ">");
    if (server.supportsExtension("SIZE")) {
      command.append(" SIZE=").append(size);
    }
    if (survey.eightBit()) {
      command.append(" BODY=8BITMIME");
    }
    var utf8 = survey.eightBitHeader() || envelope.sender().needsUtf8()
        || envelope.open().stream().anyMatch(SmtpPath::needsUtf8);
    if (utf8 && server.supportsExtension("SMTPUTF8")) {
      command.append(" SMTPUTF8");
    }
    return command.toString();
  }

  private long declaredSize() {
    var limit = server.getExtensionParameter("SIZE");
    return limit != null && limit.strip().matches("\\d{1,18}") ? Long.parseLong(limit.strip()) : 0;
  }
}
