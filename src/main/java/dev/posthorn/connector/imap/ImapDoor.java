package dev.posthorn.connector.imap;

import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.Step;
import dev.posthorn.wire.Watch;
import dev.posthorn.wire.WatchedSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/// Opens a line up to the point from which the library speaks on it.
///
/// STARTTLS is ours: what the server said in clear before the line was encrypted is read octet by octet and never handed on,
/// so nothing that somebody put in between is taken for an answer given in secret.
///
/// @param line what can be cut
/// @param spoken what is spoken on: the same, or the encrypted line above it
/// @param greeted whether the greeting was read
record ImapDoor(WatchedSocket line, Socket spoken, boolean greeted) {
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_LINES = 100;

  static ImapDoor open(ImapAccount account, Watch watch, Watch.Deadline deadline) throws ImapTrouble {
    var server = account.server();
    WatchedSocket line;
    try {
      line = WatchedSocket.connect(server.host(), server.port(), account.reach(), account.limits().patience(), watch, deadline);
    } catch (IOException e) {
      throw ImapTrouble.broken(Step.CONNECT, LineWords.ofConnecting(e), e);
    }
    try {
      boolean starts = server.encryption() == Encryption.STARTTLS;
      if (starts) {
        startTls(line);
      }
      return new ImapDoor(line, server.encryption() == Encryption.NONE ? line : encrypted(account, line), starts);
    } catch (ImapTrouble e) {
      line.cut();
      throw e;
    } catch (IOException e) {
      line.cut();
      throw ImapTrouble.broken(Step.GREETING, LineWords.of(e), e);
    }
  }

  /// Reads the greeting, if it was not read, and hangs up.
  void greeting() throws ImapTrouble {
    try {
      var words = greeted ? "* OK" : readLine(spoken.getInputStream());
      if (!words.regionMatches(true, 0, "* OK", 0, 4)) {
        throw ImapTrouble.broken(Step.GREETING, words, null);
      }
    } catch (IOException e) {
      throw e instanceof ImapTrouble known ? known : ImapTrouble.broken(Step.GREETING, LineWords.of(e), e);
    } finally {
      line.cut();
    }
  }

  private static Socket encrypted(ImapAccount account, WatchedSocket line) throws ImapTrouble {
    try {
      return account.trust().encrypt(line, account.server().host());
    } catch (IOException e) {
      throw ImapTrouble.broken(Step.TLS, e instanceof SSLException ? e.getMessage() : LineWords.of(e), e);
    }
  }

  private static void startTls(WatchedSocket line) throws IOException {
    var greeting = readLine(line.getInputStream());
    if (!greeting.regionMatches(true, 0, "* OK", 0, 4)) {
      throw ImapTrouble.broken(Step.GREETING, greeting, null);
    }
    line.getOutputStream().write("S STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int lines = 0; lines < MOST_LINES; lines++) {
      var answer = readLine(line.getInputStream());
      if (answer.startsWith("S ")) {
        if (!answer.regionMatches(true, 2, "OK", 0, 2)) {
          throw ImapTrouble.broken(Step.TLS, "the server does not encrypt: " + answer, null);
        }
        return;
      }
    }
    throw ImapTrouble.broken(Step.TLS, "the server does not answer STARTTLS", null);
  }

  private static String readLine(InputStream in) throws IOException {
    var words = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the server hung up");
      }
      if (words.length() >= LONGEST_LINE) {
        throw new IOException("the server says a line without end");
      }
      words.append((char) octet);
    }
    return words.toString().strip();
  }
}
