package dev.posthorn.connector.imap;

import dev.posthorn.connector.Step;
import dev.posthorn.wire.WatchedSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/// One time of listening (IDLE, RFC 2177).
///
/// @param line what is spoken on
/// @param socket below it, for its times
/// @param answer the longest silence while the server is to answer
record Idle(ImapLine line, WatchedSocket socket, Duration answer) {
  /// @return whether the listener heard enough before the time was up
  boolean listen(Duration atMost, Predicate<IMAPResponse> enough) throws IOException, ProtocolException {
    socket.beginExchange(answer);
    var tag = line.writeCommand("IDLE", null);
    boolean heard = false;
    for (var said = line.readResponse(); !said.isContinuation(); said = line.readResponse()) {
      if (said.isTagged() || said.isBYE()) {
        throw ImapTrouble.broken(Step.MAIL, said.toString(), null);
      }
      // Said between the last question and this one: nobody has asked about it yet.
      heard |= said instanceof IMAPResponse news && enough.test(news);
    }
    heard = heard || hear(atMost, enough);
    socket.beginExchange(answer);
    line.done();
    for (var said = line.readResponse(); !(said.isTagged() && tag.equals(said.getTag())); said = line.readResponse()) {
      if (said.isBYE()) {
        throw ImapTrouble.broken(Step.MAIL, said.toString(), null);
      }
      heard |= said instanceof IMAPResponse news && enough.test(news);
    }
    return heard;
  }

  private boolean hear(Duration atMost, Predicate<IMAPResponse> enough) throws IOException, ProtocolException {
    socket.beginExchange(atMost);
    try {
      for (;;) {
        var said = line.readResponse();
        if (said.isBYE()) {
          throw ImapTrouble.broken(Step.MAIL, said.toString(), null);
        }
        if (said instanceof IMAPResponse news && enough.test(news)) {
          return true;
        }
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
