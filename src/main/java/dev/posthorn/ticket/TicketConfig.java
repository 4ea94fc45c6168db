package dev.posthorn.ticket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// How tickets are answered.
@ConfigMapping(prefix = "posthorn.ticket")
public interface TicketConfig {
  /// Secrets that sign reply addresses, `<id>:<secret>` each, id from 0 to 255, secret of at least 32 characters. The first
  /// signs, all verify: to rotate, put a new one in front and keep the old one as long as answers may come.
  List<String> replyKeys();

  /// Recipients of one reply, To, Cc and Bcc together.
  @WithDefault("100")
  int maxRecipients();

  /// The largest file that may be uploaded, in bytes.
  @WithDefault("26214400")
  long maxUploadBytes();

  /// Up to this size a file on its way in stays in memory; above, it is spooled to a temporary file. Bytes.
  @WithDefault("262144")
  int memoryBytes();

  /// Images of a message that are put into its page, together, before encoding; those beyond are links. Bytes.
  @WithDefault("5242880")
  long maxEmbeddedBytes();

  /// Files of one reply.
  @WithDefault("100")
  int maxAttachments();

  /// The largest reply with its attachments, in bytes before encoding.
  @WithDefault("26214400")
  long maxReplyBytes();

  /// The longest text or HTML of a reply or comment, in characters.
  @WithDefault("1000000")
  int maxTextLength();

  /// How long everything that is written can be taken back before it leaves.
  @WithDefault("0s")
  Duration undoWindow();

  /// How far ahead the time may be at which something is to leave.
  @WithDefault("365d")
  Duration maxSendAhead();

  /// How long somebody who says so is taken to be writing, unless it is said again.
  @WithDefault("1m")
  Duration draftingTime();

  /// The longest text of a template, in characters.
  @WithDefault("100000")
  int maxTemplateLength();

  /// Saved views that one person sees.
  @WithDefault("500")
  int maxViews();
}
