package dev.posthorn.ticket;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// What a confirmation says, in English; in other languages in `messages/confirmation_<language>.properties`. Checked when
/// the application is built.
@MessageBundle("confirmation")
interface ConfirmationWords {
  @Message("We have received your message: {subject}")
  String subject(String subject);

  @Message("""
      Hello,

      thank you for your message. We have received it and will answer as soon as we can.

      Your reference number: {number}
      Subject: {subject}

      You can add something by answering this mail. It was sent automatically.

      {sender}
      """)
  String text(long number, String subject, String sender);
}
