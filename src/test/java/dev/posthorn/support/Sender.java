package dev.posthorn.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A sending mail server's way of handing over one mail (RFC 5321, section 4.5.4): it is ours until somebody has said 250 to
/// the whole of it; on anything else it is kept and brought again.
///
/// The mails that it carries end with CRLF and have no line that begins with a dot.
public final class Sender {
  private static final int PATIENCE_MILLIS = 60_000;

  private Sender() {}

  /// One try.
  ///
  /// @return the code of the answer that ended it: 250 when the mail is handed over
  /// @throws IOException the line died: nobody knows
  public static int send(int port, String from, String to, byte[] mail) throws IOException {
    return send(port, from, to, mail, () -> {});
  }

  /// The same, with something that happens after the recipient was accepted and before the mail's own bytes.
  public static int send(int port, String from, String to, byte[] mail, Runnable beforeContent) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var out = socket.getOutputStream();
      int code = answer(in);
      if (code != 220) {
        return code;
      }
      for (var command : new String[] {"EHLO sender.example", "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">"}) {
        code = ask(in, out, (command + "\r\n").getBytes(StandardCharsets.UTF_8));
        if (code != 250) {
          return code;
        }
      }
      code = ask(in, out, "DATA\r\n".getBytes(StandardCharsets.UTF_8));
      if (code != 354) {
        return code;
      }
      beforeContent.run();
      out.write(mail);
      return ask(in, out, ".\r\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int ask(BufferedReader in, OutputStream out, byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
    return answer(in);
  }

  private static int answer(BufferedReader in) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new IOException("The line was closed");
      }
    } while (line.length() > 3 && line.charAt(3) == '-');
    return Integer.parseInt(line.substring(0, 3));
  }
}
