package dev.posthorn.connector.graph;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How much and how long with Microsoft Graph. The figures that Microsoft publishes change, so none of them is in the code.
@ConfigMapping(prefix = "posthorn.microsoft365.graph")
public interface GraphConfig {
  /// Where Graph reaches this service from outside to announce new mail, up to and without `/hooks/graph`:
  /// `https://support.example.com`. Where none is set, mailboxes are asked at intervals.
  Optional<String> notificationUrl();

  /// Requests to one mailbox at once, of this process: Microsoft lets 4 in.
  @WithDefault("4")
  int atOnce();

  /// For the TCP connection and for TLS.
  @WithDefault("15s")
  Duration connectTimeout();

  /// The longest silence of the server.
  @WithDefault("1m")
  Duration answerTimeout();

  /// For one piece to be taken by the network.
  @WithDefault("1m")
  Duration writeTimeout();

  /// For one request with all of its answer.
  @WithDefault("10m")
  Duration exchangeTimeout();

  /// How long an unused connection is kept.
  @WithDefault("30s")
  Duration keepIdle();

  /// An answer that is not a mail. Bytes.
  @WithDefault("16777216")
  long answerBytes();

  /// Mails of one page: they are landed, and the cursor goes on.
  @WithDefault("50")
  int pageMails();

  /// A page ends after so many bytes.
  @WithDefault("16777216")
  long pageBytes();

  /// How much Graph's clock may be behind ours: of what was there when a mailbox was connected, mails that seem older by up to this come
  /// too, for they may be new.
  @WithDefault("15m")
  Duration clockSlack();

  /// The pause after a first answer that says "too much"; it doubles as long as that goes on, whatever the server asks for.
  @WithDefault("1s")
  Duration firstPause();

  /// The longest of these pauses, unless the server asks for a longer one.
  @WithDefault("15m")
  Duration longestPause();

  /// Pauses within one request together; beyond, the mailbox or the mail waits its turn.
  @WithDefault("30s")
  Duration waitAtMost();

  /// A mail goes as it is up to this size, before it is encoded for the way: Graph takes 4 MB at once, and larger ones than
  /// about 2 MB are said to be accepted and lost. Beyond it, its files are uploaded to a draft. Bytes.
  @WithDefault("1500000")
  int mimeBytes();

  /// A file goes in one request up to this size, and in an upload session beyond it. Bytes.
  @WithDefault("3000000")
  int fileBytes();

  /// One piece of an upload, a multiple of 320 KiB and below 4 MB. Bytes.
  @WithDefault("3932160")
  int pieceBytes();

  /// How often the upload of one file is begun again that was lost on the way.
  @WithDefault("5")
  int uploads();

  /// After an end that nobody heard, how long the mail is looked for in the mailbox before it counts as doubtful: the copy of
  /// what was sent may come late.
  @WithDefault("3m")
  Duration lookFor();

  /// The pause between two such looks.
  @WithDefault("5s")
  Duration lookEvery();

  /// How long a subscription to notifications is asked for; at most 7 days.
  @WithDefault("3d")
  Duration subscriptionLife();
}
