package dev.posthorn.feed;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// What a notice says, in English; in other languages in `messages/notice_<language>.properties`. Checked when the application is built.
@MessageBundle("notice")
interface NoticeWords {
  @Message("News on your tickets: {count}")
  String subject(int count);

  @Message("... and {count} more")
  String more(int count);

  @Message("is assigned to you")
  String assigned();

  @Message("is handed over to you")
  String transferred();

  @Message("has a new message")
  String received();

  @Message("has a message that could not be sent")
  String failed();

  @Message("has a message that came back")
  String bounced();

  @Message("should have been answered by now")
  String late();

  @Message("is to be completed soon")
  String soon();

  @Message("should have been completed by now")
  String overdue();

  @Message("is interrupted: what it came by was deleted")
  String interrupted();
}
