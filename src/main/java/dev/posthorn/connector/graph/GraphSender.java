package dev.posthorn.connector.graph;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Parsed;
import java.util.List;
import java.util.Optional;

/// Sends mail from one mailbox by Graph: a draft is made, which has an id that stays, and then sent. Graph keeps the copy.
///
/// Graph takes a mail whole or not at all, so all recipients share one verdict. Before a mail is made, the mailbox is asked whether
/// it knows its Message-ID: an earlier try may have ended unheard, here or in a process that died.
public final class GraphSender implements MailSender {
  private static final String MESSAGE = "/users/{user}/messages/{id}";

  private final GraphLine line;
  private final GraphDraft drafts;
  private final MailParser parser = new MailParser(MailLimits.DEFAULT);

  public GraphSender(GraphDoor door, Account.Microsoft365 account) {
    line = new GraphLine(door, account.user(), account.tokens());
    drafts = new GraphDraft(line);
  }

  @Override
  public List<Delivery> send(Dispatch dispatch) {
    var outcome = outcome(dispatch);
    return dispatch.recipients().stream().map(recipient -> new Delivery(recipient, outcome)).toList();
  }

  private SendOutcome outcome(Dispatch dispatch) {
    try (var parsed = parser.parse(dispatch.mail())) {
      return switch (parsed) {
        case Parsed.Unreadable(var why) -> new Refused("the mail cannot be read: " + why, "5.6.0");
        case Parsed.Readable(var mail) -> {
          var before = before(dispatch.messageId());
          yield before.isPresent() ? before.get() : sent(drafts.make(dispatch, mail), dispatch.messageId());
        }
      };
    } catch (ApiTrouble trouble) {
      return verdict(trouble);
    } catch (GraphDraft.TooLarge e) {
      return new Refused("the text of the mail is larger than Graph takes", "5.3.4");
    }
  }

  /// What became of an earlier try. A draft that it left is not known to be whole, and makes room for another one.
  private Optional<SendOutcome> before(MessageId messageId) throws ApiTrouble {
    for (var item : known(messageId)) {
      if (!item.path("isDraft").asBoolean()) {
        return Optional.of(new Sent("the mailbox has sent it already"));
      }
      drafts.forget(item.path("id").asText());
    }
    return Optional.empty();
  }

  private JsonNode known(MessageId messageId) throws ApiTrouble {
    var filter = "internetMessageId eq '<" + messageId.value().replace("'", "''") + ">'";
    return line.ask(Ask.get("/users/{user}/messages?$filter={filter}&$select=id,isDraft", "filter", filter)).path("value");
  }

  private SendOutcome sent(String id, MessageId messageId) {
    try {
      line.ask(Ask.post((JsonNode) null, MESSAGE + "/send", "id", id));
      return new Sent("202 accepted by Graph");
    } catch (ApiTrouble trouble) {
      if (trouble.leavesDoubt()) {
        return look(id, messageId, trouble);
      }
      drafts.forget(id);
      return verdict(trouble);
    }
  }

  /// Nobody heard how it ended: the mailbox itself is asked, for as long as a copy may take to appear.
  private SendOutcome look(String id, MessageId messageId, ApiTrouble doubt) {
    long end = System.nanoTime() + line.door().config().lookFor().toNanos();
    int stillDraft = 0;
    while (System.nanoTime() < end) {
      try {
        line.pause(line.door().config().lookEvery());
        var draft = draft(id, messageId);
        if (draft.isPresent() && !draft.get()) {
          return new Sent("found among what the mailbox has sent");
        }
        stillDraft = draft.isPresent() ? stillDraft + 1 : 0;
        if (stillDraft > 1) {
          return new Deferred("Graph did not take it: " + doubt.getMessage(), Optional.empty());
        }
      } catch (ApiTrouble trouble) {
        if (line.isClosed()) {
          break;
        }
      }
    }
    return new Unknown(doubt.getMessage());
  }

  /// Whether it is a draft still; nothing while it is nowhere.
  private Optional<Boolean> draft(String id, MessageId messageId) throws ApiTrouble {
    try {
      return Optional.of(line.ask(Ask.get(MESSAGE + "?$select=id,isDraft", "id", id)).path("isDraft").asBoolean());
    } catch (ApiTrouble trouble) {
      if (!trouble.isNotFound()) {
        throw trouble;
      }
    }
    var found = known(messageId);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0).path("isDraft").asBoolean());
  }

  private static SendOutcome verdict(ApiTrouble trouble) {
    if (trouble.is("ErrorSendAsDenied")) {
      return new Refused("The mailbox has no right to send from this address: " + trouble.getMessage(), "5.7.60");
    }
    if (trouble.is("ErrorInvalidRecipients")) {
      return new Refused(trouble.getMessage(), "5.1.3");
    }
    if (trouble.status() == 413 || trouble.is("ErrorMessageSizeExceeded")) {
      return new Refused(trouble.getMessage(), "5.3.4");
    }
    if (trouble.status() == 400 && !trouble.is("ErrorQuotaExceeded")) {
      return new Refused(trouble.getMessage(), "5.6.0");
    }
    return new Deferred(trouble.getMessage(), trouble.after());
  }
}
