package dev.posthorn.connector;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Something was in the way of a request to a provider's API. What an answer means, its connector says when it reads it
/// ([Sense]); what follows from that is the same for all.
public final class ApiTrouble extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;

  /// What it means.
  public enum Sense {
    /// No answer was heard, or not all of it: what was asked for may have been done.
    LINE,
    /// The grant is dead; nothing was asked.
    GRANT_DEAD,
    /// There is no token just now; nothing was asked.
    NO_TOKEN,
    /// Too much was asked: nothing was done.
    THROTTLED,
    /// The server is too busy, and says so.
    BUSY,
    /// The server has trouble of its own, and may or may not have done what was asked.
    SERVERS_OWN,
    /// The token is not taken.
    TOKEN_REFUSED,
    /// We may not.
    FORBIDDEN,
    /// There is no such mailbox, or none that this API serves.
    NO_MAILBOX,
    /// What was asked for is not there.
    NOT_FOUND,
    /// It does not want what was asked.
    OTHER
  }

  private static final Set<Sense> UNHEARD = EnumSet.of(Sense.LINE, Sense.GRANT_DEAD, Sense.NO_TOKEN);

  private final Sense sense;
  private final int status;
  private final String code;
  private final transient Optional<Duration> after;

  private ApiTrouble(Sense sense, int status, String code, String words, Optional<Duration> after, Throwable cause) {
    super(ServerWords.line(words), cause);
    this.sense = sense;
    this.status = status;
    this.code = code;
    this.after = after;
  }

  /// The server answered, and not with what was wanted.
  ///
  /// @param code the provider's own, such as `ErrorItemNotFound`; empty where it said none
  public static ApiTrouble answered(Sense sense, int status, String code, String words, Optional<Duration> after) {
    return new ApiTrouble(sense, status, code, words, after, null);
  }

  public static ApiTrouble line(IOException cause) {
    return new ApiTrouble(Sense.LINE, 0, "", LineWords.of(cause), Optional.empty(), cause);
  }

  /// Nothing was asked, because the server wants a pause.
  public static ApiTrouble pause(String why, Duration left) {
    return new ApiTrouble(Sense.THROTTLED, TOO_MANY, "", why, Optional.of(left), null);
  }

  /// The line was let go.
  public static ApiTrouble closed() {
    return new ApiTrouble(Sense.LINE, 0, "", "the mailbox is let go", Optional.empty(), null);
  }

  public static ApiTrouble grantDead(String words) {
    return new ApiTrouble(Sense.GRANT_DEAD, UNAUTHORIZED, "", words, Optional.empty(), null);
  }

  public static ApiTrouble noToken(String why) {
    return new ApiTrouble(Sense.NO_TOKEN, 0, "", why, Optional.empty(), null);
  }

  /// The same, and when to come again.
  public ApiTrouble after(Duration pause) {
    return new ApiTrouble(sense, status, code, getMessage(), Optional.of(pause), this);
  }

  /// Of HTTP; 0 where nothing was heard.
  public int status() {
    return status;
  }

  /// How long the server wants to be left alone, if it said so.
  public Optional<Duration> after() {
    return after;
  }

  /// Whether the provider gave it this code, in whatever case.
  public boolean is(String wanted) {
    return code.equalsIgnoreCase(wanted);
  }

  /// Whether the server's answer was heard.
  public boolean wasAnswered() {
    return !UNHEARD.contains(sense);
  }

  public boolean isThrottling() {
    return sense == Sense.THROTTLED;
  }

  /// The server asked for a pause.
  public boolean asksForPause() {
    return sense == Sense.THROTTLED || sense == Sense.BUSY;
  }

  /// Nobody can tell whether it was done.
  public boolean leavesDoubt() {
    return sense == Sense.LINE || sense == Sense.BUSY || sense == Sense.SERVERS_OWN;
  }

  public boolean refusesToken() {
    return sense == Sense.TOKEN_REFUSED;
  }

  public boolean isForbidden() {
    return sense == Sense.FORBIDDEN;
  }

  public boolean isNotFound() {
    return sense == Sense.NOT_FOUND;
  }

  /// What it is for a pull that ends with it.
  public PullOutcome ended() {
    return switch (sense) {
      case GRANT_DEAD, TOKEN_REFUSED -> new PullOutcome.Revoked(getMessage());
      case NO_TOKEN -> new PullOutcome.Later(Step.TOKEN, getMessage(), after);
      case LINE -> new PullOutcome.Later(Step.CONNECT, getMessage(), after);
      case FORBIDDEN, NO_MAILBOX -> new PullOutcome.Later(Step.FOLDER, getMessage(), after);
      case THROTTLED, BUSY, SERVERS_OWN, NOT_FOUND, OTHER -> new PullOutcome.Later(Step.MAIL, getMessage(), after);
    };
  }
}
