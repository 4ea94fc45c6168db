package dev.posthorn.connector.gmail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How much and how long with the Gmail API. The figures that Google publishes differ by the age of a project and change, so none of
/// them is in the code.
@ConfigMapping(prefix = "posthorn.gmail-api.requests")
public interface GmailConfig {
  /// The topic of Google Pub/Sub that Gmail announces new mail to, `projects/x/topics/y`. Where none is set, mailboxes are asked at
  /// intervals.
  Optional<String> topic();

  /// Quota units of one user in a minute, of this process: what Google lets a project have, divided by the processes.
  @WithDefault("6000")
  int unitsPerMinute();

  /// Requests to one mailbox at once, of this process.
  @WithDefault("8")
  int atOnce();

  /// For the TCP connection.
  @WithDefault("15s")
  Duration connectTimeout();

  /// The longest silence of the server.
  @WithDefault("1m")
  Duration answerTimeout();

  /// Mails of one page: they are landed, and the cursor goes on.
  @WithDefault("50")
  int pageMails();

  /// A page ends after so many bytes.
  @WithDefault("16777216")
  long pageBytes();

  /// How much Gmail's clock may be behind ours: of what was there when a mailbox was connected, mails that seem older by up to this come
  /// too, for they may be new.
  @WithDefault("15m")
  Duration clockSlack();

  /// The pause after a first answer that says "too much"; it doubles as long as that goes on.
  @WithDefault("1s")
  Duration firstPause();

  /// The longest of these pauses, unless the server asks for a longer one.
  @WithDefault("15m")
  Duration longestPause();

  /// Pauses within one request together; beyond, the mailbox or the mail waits its turn.
  @WithDefault("30s")
  Duration waitAtMost();

  /// A mail goes inside of JSON up to this size, and as an upload beyond it. Bytes.
  @WithDefault("3500000")
  int rawBytes();

  /// The largest mail that Gmail takes. Bytes.
  @WithDefault("36700160")
  long sendBytes();

  /// After an end that nobody heard, how long the mail is looked for in the mailbox before it counts as doubtful.
  @WithDefault("1m")
  Duration lookFor();

  /// The pause between two such looks.
  @WithDefault("5s")
  Duration lookEvery();
}
