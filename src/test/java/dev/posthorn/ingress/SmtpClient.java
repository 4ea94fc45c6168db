package dev.posthorn.ingress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/// The other end of the wire, which does as it is told and knows nothing of SMTP.
final class SmtpClient implements AutoCloseable {

  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private Socket socket;
  private InputStream in;

  SmtpClient(Socket socket) throws IOException {
    use(socket);
  }

  /// Keeps octets back until an answer is asked for: what stands together goes out together.
  void say(byte[] octets) {
    unsent.writeBytes(octets);
  }

  SmtpClient say(String line) {
    say((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  void send() throws IOException {
    if (unsent.size() == 0) return;
    try {
      socket.getOutputStream().write(unsent.toByteArray());
    } finally {
      unsent.reset();
    }
  }

  /// One line of an answer without its CRLF; null when the other side has closed.
  String line() throws IOException {
    send();
    var line = new ByteArrayOutputStream();
    for (int octet; (octet = in.read()) >= 0; ) {
      if (octet == '\n') return line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.write(octet);
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
  }

  /// The last line of an answer.
  String answer() throws IOException {
    var line = line();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') line = line();
    return line;
  }

  String ask(String command) throws IOException {
    return say(command).answer();
  }

  /// Greeting, EHLO, MAIL, RCPT, DATA.
  void untilData(String recipient) throws IOException {
    answer();
    for (var command : new String[] {"EHLO c.example", "MAIL FROM:<a@c.example>", "RCPT TO:<" + recipient + ">", "DATA"}) ask(command);
  }

  /// All that still comes until the other side closes, by whatever means.
  String untilClosed() throws IOException {
    var heard = new StringBuilder();
    try {
      for (String line; (line = line()) != null; ) heard.append(line).append('\n');
    } catch (SocketException reset) {
      // That is a way of closing, too.
    }
    return heard.toString();
  }

  boolean isClosed() throws IOException {
    try {
      return line() == null;
    } catch (SocketException reset) {
      return true;
    }
  }

  void startTls() throws IOException {
    startTls(TestCertificate.get());
  }

  void startTls(TestCertificate trusted) throws IOException {
    send();
    var secured = (SSLSocket) trusted.clientSide().createSocket(socket, "mx.posthorn.example", 25, true);
    secured.startHandshake();
    use(secured);
  }

  private void use(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(20_000);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
