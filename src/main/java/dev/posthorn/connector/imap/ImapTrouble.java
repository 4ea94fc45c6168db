package dev.posthorn.connector.imap;

import dev.posthorn.connector.ServerWords;
import dev.posthorn.connector.Step;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Something was in the way of an exchange with the server.
final class ImapTrouble extends IOException {
  private static final long serialVersionUID = 1L;

  /// Words by which servers refuse a login for a while and not for good: RFC 5530, section 3, and what Gmail says of too many
  /// connections and of spent bandwidth.
  private static final Pattern FOR_A_WHILE = Pattern.compile(
      "\\[(unavailable|inuse|limit|serverbug)]|too many|temporar|try again|later|bandwidth|exceeded|rate limit|throttl|overquota|timeout");

  private final Step step;
  private final boolean answered;

  private ImapTrouble(Step step, String why, boolean answered, Throwable cause) {
    super(ServerWords.line(why), cause);
    this.step = step;
    this.answered = answered;
  }

  /// The server said no, and still listens.
  static ImapTrouble answered(Step step, String words) {
    return new ImapTrouble(step, words, true, null);
  }

  /// The line is of no use any more.
  static ImapTrouble broken(Step step, String why, Throwable cause) {
    return new ImapTrouble(step, why, false, cause);
  }

  Step step() {
    return step;
  }

  /// Whether the line can still be used.
  boolean wasAnswered() {
    return answered;
  }

  /// The account itself is refused: the same credential will be refused again.
  boolean refusesTheAccount() {
    return step == Step.LOGIN && answered && !FOR_A_WHILE.matcher(getMessage().toLowerCase(Locale.ROOT)).find();
  }
}
