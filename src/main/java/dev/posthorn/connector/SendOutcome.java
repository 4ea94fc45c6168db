package dev.posthorn.connector;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// The end of one try to send, for one recipient. Four words, and each asks for something else:
///
/// | word | what is known | what follows |
/// |---|---|---|
/// | [Sent] | the server has taken the mail into its care | nothing |
/// | [Deferred] | the server has not taken it; later it may | try again later |
/// | [Refused] | the server will not take it, ever | stop and tell |
/// | [Unknown] | the mail went out whole and no answer came back | look before trying again, and then with the same Message-ID |
///
/// Every text is one line of bounded length, see [ServerWords].
public sealed interface SendOutcome {

  /// Taken (2xx to the end of the data, RFC 5321 section 4.2.1).
  ///
  /// @param serverWords what the server said, often its own queue id
  record Sent(String serverWords) implements SendOutcome {
    /// Bounds the words.
    public Sent {
      serverWords = ServerWords.line(serverWords);
    }
  }

  /// Not taken, and it is not the mail's fault, or not for good: 4xx, no connection, a broken line, our own account.
  ///
  /// @param why in the server's words, or in ours where it said nothing
  /// @param after when the other side told how long to wait
  record Deferred(String why, Optional<Duration> after) implements SendOutcome {
    /// Bounds the words.
    public Deferred {
      why = ServerWords.line(why);
      Objects.requireNonNull(after, "after");
    }
  }

  /// Refused for good: 5xx.
  ///
  /// @param why in the server's words
  /// @param statusCode the enhanced status code (RFC 3463) such as `5.1.1`; `5.0.0` where the server gave none
  record Refused(String why, String statusCode) implements SendOutcome {
    /// Bounds the words.
    public Refused {
      why = ServerWords.line(why);
      Objects.requireNonNull(statusCode, "statusCode");
    }
  }

  /// The line died after the end of the data was sent and before it was answered: the mail may be delivered, or not
  /// (RFC 1047 tells the story).
  ///
  /// @param why what became of the line
  record Unknown(String why) implements SendOutcome {
    /// Bounds the words.
    public Unknown {
      why = ServerWords.line(why);
    }
  }
}
