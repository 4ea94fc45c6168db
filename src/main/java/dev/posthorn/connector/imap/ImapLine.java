package dev.posthorn.connector.imap;

import dev.posthorn.connector.Credential;
import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.Step;
import dev.posthorn.wire.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchItem;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;

/// One open line to an IMAP server, let in.
///
/// The library knows the commands, the logins and how to read answers; the line itself, its times and its bounds are ours. Its
/// constructor for given streams is used for that, since the others open sockets by themselves.
final class ImapLine extends IMAPProtocol implements AutoCloseable {
  private static final FetchItem[] GMAIL_ITEMS = GmailItems.all();
  private static final String CUT = "cut, since it took too long";

  private final ImapAccount account;
  private final ImapDoor door;
  private final Watch watch;
  private final AtomicBoolean over = new AtomicBoolean();
  private int countsHeard;
  private int countsAsked;

  private ImapLine(ImapAccount account, ImapDoor door, InputStream in, PrintStream out, Watch watch) throws IOException {
    super(in, out, new Properties(), false);
    this.account = account;
    this.door = door;
    this.watch = watch;
  }

  /// Opens a line and is let in.
  static ImapLine open(ImapAccount account, Watch watch) throws ImapTrouble {
    if (!account.places().take(account.limits().opening())) {
      throw ImapTrouble.broken(Step.CONNECT, "all " + account.places().most() + " lines to this account are in use", null);
    }
    boolean opened = false;
    try {
      var line = opened(account, watch);
      opened = true;
      return line;
    } finally {
      if (!opened) {
        account.places().leave();
      }
    }
  }

  private static ImapLine opened(ImapAccount account, Watch watch) throws ImapTrouble {
    try (var deadline = watch.deadline(account.limits().opening())) {
      var door = ImapDoor.open(account, watch, deadline);
      try {
        // A piece, and what stands beside it.
        var in = new ReplyStream(door.spoken().getInputStream(), Math.max(account.limits().pieceBytes(), 1 << 16) + 4096);
        var out = new PrintStream(door.spoken().getOutputStream(), false, StandardCharsets.ISO_8859_1);
        var line = new ImapLine(account, door, in, out, watch);
        line.greet();
        line.letIn();
        return line;
      } catch (ImapTrouble e) {
        door.line().cut();
        throw e;
      } catch (IOException e) {
        door.line().cut();
        throw ImapTrouble.broken(Step.GREETING, LineWords.of(e), e);
      }
    }
  }

  private void greet() throws ImapTrouble {
    try {
      if (!door.greeted()) {
        processGreeting(readResponse());
      }
      if (door.greeted() || getCapabilities().isEmpty()) {
        capability();
      }
    } catch (ProtocolException e) {
      throw ImapTrouble.broken(Step.GREETING, words(e), e);
    } catch (IOException | RuntimeException e) {
      throw broken(Step.GREETING, e);
    }
  }

  private void letIn() throws ImapTrouble {
    var server = account.server();
    try {
      switch (server.credential()) {
        case Credential.Password(var password) -> {
          if (hasCapability("AUTH=PLAIN")) {
            authplain(null, server.username(), password.reveal());
          } else if (hasCapability("LOGINDISABLED")) {
            throw ImapTrouble.answered(Step.LOGIN, "the server takes no password on this line: it wants it encrypted");
          } else {
            login(server.username(), password.reveal());
          }
        }
        case Credential.Token(var token) -> authoauth2(server.username(), token.reveal());
      }
      // What is offered often differs once one is in (RFC 3501, section 6.2.3).
      capability();
    } catch (CommandFailedException e) {
      throw ImapTrouble.answered(Step.LOGIN, words(e));
    } catch (ProtocolException e) {
      throw ImapTrouble.broken(Step.LOGIN, words(e), e);
    } catch (RuntimeException e) {
      throw broken(Step.LOGIN, e);
    }
  }

  @Override
  public FetchItem[] getFetchItems() {
    return GMAIL_ITEMS;
  }

  boolean isGmail() {
    return hasCapability("X-GM-EXT-1");
  }

  /// Opens a folder.
  ///
  /// @param readOnly by EXAMINE: nothing on the server can change by that
  MailboxInfo open(String folder, boolean readOnly) throws ImapTrouble {
    return within(Step.FOLDER, () -> readOnly ? examine(folder) : select(folder));
  }

  /// Says a command and gives everything that was answered.
  Response[] ask(Step step, String command, Argument arguments) throws ImapTrouble {
    return within(step, () -> {
      var answers = command(command, arguments);
      handleResult(answers[answers.length - 1]);
      return answers;
    });
  }

  Response[] ask(Step step, String command) throws ImapTrouble {
    return ask(step, command, null);
  }

  /// Says a FETCH command and hands over each mail's answer as it comes, so that one at a time is in memory.
  ///
  /// @throws ImapTrouble also where the command ends with NO: what came until then was handed over all the same
  void fetch(String command, Consumer<FetchResponse> each) throws ImapTrouble {
    within(Step.MAIL, () -> {
      var tag = writeCommand(command, null);
      for (;;) {
        var answer = readOrSkip();
        if (answer instanceof FetchResponse mail) {
          each.accept(mail);
        } else if (answer != null && (answer.isBYE() || answer.isTagged() && tag.equals(answer.getTag()))) {
          handleResult(answer);
          return null;
        }
      }
    });
  }

  /// An answer that makes no sense is passed over, as the library itself does it; the mail that it was about is missed.
  private Response readOrSkip() throws IOException {
    try {
      return readResponse();
    } catch (ProtocolException e) {
      return null;
    }
  }

  /// Whether the server has said how many mails there are (EXISTS, RFC 3501, section 7.3.1) since they were last asked for: it
  /// does so whenever it likes to, also between a question and its answer.
  boolean hasNews() {
    return countsHeard != countsAsked;
  }

  /// What is told from now on is news.
  void asksForMails() {
    countsAsked = countsHeard;
  }

  @Override
  public Response readResponse() throws IOException, ProtocolException {
    var said = super.readResponse();
    if (said instanceof IMAPResponse news && news.keyEquals("EXISTS")) {
      countsHeard++;
    }
    return said;
  }

  /// Begins to listen (IDLE, RFC 2177) and gives what the server says by itself, until the listener has heard enough or the
  /// time is up.
  ///
  /// @return whether the listener heard enough
  boolean idle(Duration atMost, Predicate<IMAPResponse> enough) throws ImapTrouble {
    try (var deadline = watch.deadline(atMost.plus(account.limits().exchange()))) {
      deadline.guard(door.line());
      return new Idle(this, door.line(), account.limits().answer()).listen(atMost, enough);
    } catch (ProtocolException | IOException | RuntimeException e) {
      throw e instanceof ImapTrouble known ? known : broken(Step.MAIL, e);
    }
  }

  /// Ends listening.
  void done() throws IOException {
    var out = getOutputStream();
    out.write("DONE\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private interface Exchange<T> {
    T run() throws ProtocolException, IOException;
  }

  private <T> T within(Step step, Exchange<T> exchange) throws ImapTrouble {
    try (var deadline = watch.deadline(account.limits().exchange())) {
      deadline.guard(door.line());
      door.line().beginExchange(account.limits().answer());
      return exchange.run();
    } catch (CommandFailedException e) {
      throw ImapTrouble.answered(step, words(e));
    } catch (ProtocolException e) {
      throw e instanceof BadCommandException ? ImapTrouble.answered(step, words(e))
          : ImapTrouble.broken(step, words(e), e);
    } catch (IOException | RuntimeException e) {
      throw broken(step, e);
    }
  }

  private ImapTrouble broken(Step step, Exception trouble) {
    return ImapTrouble.broken(step, trouble instanceof IOException ? cause(trouble) : "the server's answer makes no sense", trouble);
  }

  /// A line that was cut by us says of itself that it is closed.
  private String cause(Throwable trouble) {
    var words = LineWords.of(trouble);
    return door.line().wasCut() && words.toLowerCase(Locale.ROOT).contains("closed") ? CUT : words;
  }

  /// What the server said, without the tag and never with our secret in it.
  private String words(ProtocolException trouble) {
    var answer = trouble.getResponse();
    if (answer == null || answer.isSynthetic()) {
      return answer != null && answer.getException() != null ? cause(answer.getException()) : String.valueOf(trouble.getMessage());
    }
    var words = answer.toString();
    var from = words.indexOf(' ') + 1;
    return account.server().credential().secret().hideIn(words.substring(from));
  }

  /// Ends the line from any thread, without a word.
  void cut() {
    door.line().cut();
    if (over.compareAndSet(false, true)) {
      account.places().leave();
    }
  }

  @Override
  public void disconnect() {
    super.disconnect();
    // Not yet there while the library's constructor runs.
    if (door != null) {
      door.line().cut();
    }
  }

  /// Says goodbye without waiting for the answer.
  @Override
  public void close() {
    try {
      writeCommand("LOGOUT", null);
    } catch (IOException | ProtocolException | RuntimeException e) {
      // Nobody is there to say it to.
    }
    cut();
  }

  /// Never the account's secret.
  @Override
  public String toString() {
    return "ImapLine[" + account.server().where() + "]";
  }
}
