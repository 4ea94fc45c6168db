package dev.posthorn.channel;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.imap.SentShelf;
import dev.posthorn.connector.smtp.SmtpSender;
import java.util.List;
import java.util.Optional;

/// A mailbox's way out by SMTP, which cannot be asked what became of a mail. So after an end that nobody heard, the folder for sent
/// mail is looked into before the mail goes out again: nobody but the server has put it there, for our own copy is made after an end
/// that is known.
///
/// Where servers keep no copies by themselves, nothing is found and the mail goes out once more, with the same Message-ID.
///
/// @param keepsCopies whether the server is known to keep a copy of what leaves by it: then nothing leaves before it was asked
record LookingSender(SmtpSender sender, SentShelf shelf, boolean keepsCopies) implements MailSender, AutoCloseable {
  @Override
  public List<Delivery> send(Dispatch dispatch) {
    var known = dispatch.inDoubt() ? known(dispatch) : Optional.<SendOutcome>empty();
    return known.map(outcome -> dispatch.recipients().stream().map(recipient -> new Delivery(recipient, outcome)).toList())
        .orElseGet(() -> sender.send(dispatch));
  }

  private Optional<SendOutcome> known(Dispatch dispatch) {
    return switch (shelf.look(dispatch.messageId())) {
      case SentShelf.Found.There() -> Optional.of(new SendOutcome.Sent("found among what the mailbox has sent"));
      case SentShelf.Found.Nowhere() -> Optional.empty();
      case SentShelf.Found.NotNow(var why) -> keepsCopies
          ? Optional.of(new SendOutcome.Deferred("whether it was sent already cannot be found out just now: " + why, Optional.empty()))
          : Optional.empty();
    };
  }

  @Override
  public void close() {
    sender.close();
  }
}
