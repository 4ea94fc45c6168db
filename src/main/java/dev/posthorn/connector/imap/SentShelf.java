package dev.posthorn.connector.imap;

import dev.posthorn.connector.ServerWords;
import dev.posthorn.connector.Step;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.wire.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Literal;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

/// Keeps a copy of what was sent in the mailbox, once (TH-11, P-34). It has nothing to do with sending: whatever becomes of the
/// copy, the mail is never sent again for it (P-33).
///
/// Before a copy is made, the folder is asked for the Message-ID: the server may have made one by itself, or an earlier try may
/// have ended unheard.
public final class SentShelf {
  private final ImapAccount account;
  private final Optional<String> folder;
  private final Watch watch;

  /// @param folder its name; none for the one that the server marks as `\Sent` (TH-12)
  public SentShelf(ImapAccount account, Optional<String> folder, Watch watch) {
    this.account = account;
    this.folder = folder;
    this.watch = watch;
  }

  /// How it ended.
  public sealed interface Kept {
    /// The copy is there.
    record Done() implements Kept {}

    /// It was there already.
    record Already() implements Kept {}

    /// Not now.
    record Later(String why) implements Kept {
      /// Bounds the words.
      public Later {
        why = ServerWords.line(why);
      }
    }
  }

  /// What a look for a mail found.
  public sealed interface Found {
    /// It is there: the mailbox has sent it.
    record There() implements Found {}

    /// It is not there.
    record Nowhere() implements Found {}

    /// Nobody could look just now.
    record NotNow(String why) implements Found {
      /// Bounds the words.
      public NotNow {
        why = ServerWords.line(why);
      }
    }
  }

  /// Looks for a mail among what was sent.
  public Found look(MessageId messageId) {
    try (var line = ImapLine.open(account, watch)) {
      var name = folder.or(() -> sent(line)).orElse(null);
      return name == null || OpenFolder.open(line, name, true).withMessageId(messageId.value()).isEmpty() ? new Found.Nowhere() : new Found.There();
    } catch (ImapTrouble e) {
      return new Found.NotNow(e.getMessage());
    }
  }

  /// Puts the copy there, unless there is one.
  public Kept keep(MessageId messageId, RawMail mail) {
    try (var line = ImapLine.open(account, watch)) {
      var name = folder.or(() -> sent(line)).orElse(null);
      if (name == null) {
        return new Kept.Later("the mailbox has no folder for sent mail");
      }
      if (!OpenFolder.open(line, name, true).withMessageId(messageId.value()).isEmpty()) {
        return new Kept.Already();
      }
      var arguments = new Argument().writeString(BASE64MailboxEncoder.encode(name)).writeAtom("(\\Seen)").writeBytes(literal(mail));
      line.ask(Step.SENT_FOLDER, "APPEND", arguments);
      return new Kept.Done();
    } catch (ImapTrouble e) {
      return new Kept.Later(e.getMessage());
    }
  }

  private static Optional<String> sent(ImapLine line) {
    try {
      return Folders.list(line).special("\\Sent");
    } catch (ImapTrouble e) {
      return Optional.empty();
    }
  }

  private static Literal literal(RawMail mail) {
    return new Literal() {
      @Override
      public int size() {
        return Math.toIntExact(mail.size());
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        try (var bytes = mail.open()) {
          bytes.transferTo(out);
        }
      }
    };
  }
}
