package dev.posthorn.connector;

import java.util.List;
import java.util.Objects;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;

/// One mail, ready to leave, with its envelope.
///
/// The recipients are those of the envelope (RFC 5321 section 2.3.1): To, Cc and Bcc alike. The mail's own header names
/// whom it likes, which is how a Bcc stays unseen.
///
/// @param envelopeFrom where bounces go; `""` is the null sender `<>` of automatic mail (RFC 5321 section 4.5.5)
/// @param recipients at least one
/// @param messageId the id that is in the mail's header: final before the first try, the same in every further one
/// @param mail the bytes to send; the sender opens them and never closes them
/// @param inDoubt an earlier try for these very recipients ended unheard: whoever can find out how looks before trying again
public record Dispatch(String envelopeFrom, List<Address> recipients, MessageId messageId, RawMail mail, boolean inDoubt) {

  /// The first try, or one after tries whose ends are known.
  public Dispatch(String envelopeFrom, List<Address> recipients, MessageId messageId, RawMail mail) {
    this(envelopeFrom, recipients, messageId, mail, false);
  }

  /// @throws IllegalArgumentException when there is no recipient, or the envelope sender is neither empty nor an address
  public Dispatch {
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(mail, "mail");
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a dispatch needs a recipient");
    }
    if (!envelopeFrom.isEmpty()) {
      Address.of(envelopeFrom);
    }
  }
}
