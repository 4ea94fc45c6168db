package dev.posthorn.connector.imap;

import org.eclipse.angus.mail.imap.protocol.FetchItem;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;

/// What Gmail says of a mail beside what every server does (X-GM-EXT-1).
final class GmailItems {
  /// What it calls the mail, in every folder.
  static final String ID = "X-GM-MSGID";

  /// What it calls the conversation of the mail.
  static final String THREAD = "X-GM-THRID";

  private GmailItems() {}

  static FetchItem[] all() {
    return new FetchItem[] {atom(ID), atom(THREAD)};
  }

  private static FetchItem atom(String name) {
    return new FetchItem(name, null) {
      @Override
      public Object parseItem(FetchResponse answer) {
        answer.skipSpaces();
        return answer.readAtom();
      }
    };
  }
}
