package dev.posthorn.connector.gmail;

import com.google.api.client.http.InputStreamContent;
import com.google.api.services.gmail.model.Message;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Sends mail from one mailbox by the Gmail API, into the conversation of the mail that it answers. Gmail keeps the copy.
///
/// Gmail takes a mail whole or not at all, so all recipients share one verdict. Before it is sent, the mailbox is asked whether it has
/// sent its Message-ID: an earlier try may have ended unheard, here or in a process that died.
public final class GmailSender implements MailSender {
  private static final int SEND_UNITS = 100;
  private static final int LIST_UNITS = 5;

  private final GmailLine line;
  private final MailParser parser = new MailParser(MailLimits.DEFAULT);

  public GmailSender(GmailDoor door, Account.GmailApi account) {
    line = new GmailLine(door, account);
  }

  @Override
  public List<Delivery> send(Dispatch dispatch) {
    var outcome = outcome(dispatch);
    return dispatch.recipients().stream().map(recipient -> new Delivery(recipient, outcome)).toList();
  }

  private SendOutcome outcome(Dispatch dispatch) {
    if (dispatch.mail().size() > line.door().config().sendBytes()) {
      return new Refused("the mail is larger than Gmail takes", "5.3.4");
    }
    try (var parsed = parser.parse(dispatch.mail())) {
      return switch (parsed) {
        case Parsed.Unreadable(var why) -> new Refused("the mail cannot be read: " + why, "5.6.0");
        case Parsed.Readable(var mail) -> wasSent(dispatch.messageId()) ? new Sent("the mailbox has sent it already") : sent(dispatch, mail);
      };
    } catch (ApiTrouble trouble) {
      return verdict(trouble);
    }
  }

  private boolean wasSent(MessageId messageId) throws ApiTrouble {
    return found(messageId, List.of("SENT")).isPresent();
  }

  private Optional<Message> found(MessageId messageId, List<String> labels) throws ApiTrouble {
    var answer = line.ask(LIST_UNITS, users -> users.messages().list(GmailLine.ME).setQ("rfc822msgid:" + messageId.value())
        .setLabelIds(labels.isEmpty() ? null : labels).setMaxResults(1L));
    return answer.getMessages() == null ? Optional.empty() : answer.getMessages().stream().findFirst();
  }

  private SendOutcome sent(Dispatch dispatch, Mail mail) throws ApiTrouble {
    var message = new Message();
    if (!mail.inReplyTo().isEmpty()) {
      found(mail.inReplyTo().getFirst(), List.of()).map(Message::getThreadId).ifPresent(message::setThreadId);
    }
    var head = EnvelopeHeader.of(dispatch.mail(), mail, dispatch.recipients());
    try {
      if (dispatch.mail().size() <= line.door().config().rawBytes()) {
        message.setRaw(Base64.getUrlEncoder().encodeToString(bytes(dispatch.mail(), head)));
        line.once(SEND_UNITS, users -> users.messages().send(GmailLine.ME, message));
      } else {
        line.once(SEND_UNITS, users -> {
          var content = new InputStreamContent("message/rfc822", open(dispatch.mail(), head))
              .setLength(head.map(other -> other.sizeOf(dispatch.mail())).orElse(dispatch.mail().size()));
          var request = users.messages().send(GmailLine.ME, message, content);
          request.getMediaHttpUploader().setDirectUploadEnabled(true);
          return request;
        });
      }
      return new Sent("200 accepted by Gmail");
    } catch (ApiTrouble trouble) {
      return trouble.leavesDoubt() ? look(dispatch.messageId(), trouble) : verdict(trouble);
    }
  }

  private static InputStream open(RawMail mail, Optional<EnvelopeHeader.Head> head) throws IOException {
    return head.isPresent() ? head.get().open(mail) : mail.open();
  }

  private static byte[] bytes(RawMail mail, Optional<EnvelopeHeader.Head> head) {
    try (var in = open(mail, head)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nobody heard how it ended: the mailbox itself is asked.
  private SendOutcome look(MessageId messageId, ApiTrouble doubt) {
    long end = System.nanoTime() + line.door().config().lookFor().toNanos();
    while (System.nanoTime() < end && !line.isClosed()) {
      try {
        line.pause(line.door().config().lookEvery());
        if (wasSent(messageId)) {
          return new Sent("found among what the mailbox has sent");
        }
      } catch (ApiTrouble trouble) {
        // it is looked for again
      }
    }
    return new Unknown(doubt.getMessage());
  }

  private static SendOutcome verdict(ApiTrouble trouble) {
    if (trouble.status() == 413) {
      return new Refused(trouble.getMessage(), "5.3.4");
    }
    if (trouble.status() == 400) {
      return new Refused(trouble.getMessage(), trouble.getMessage().contains("header") || trouble.getMessage().contains("ecipient") ? "5.1.3" : "5.6.0");
    }
    return new Deferred(trouble.getMessage(), trouble.after());
  }
}
