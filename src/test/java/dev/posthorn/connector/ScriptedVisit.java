package dev.posthorn.connector;

import static dev.posthorn.connector.ScriptedSmtpServer.CONTENT;
import static dev.posthorn.connector.ScriptedSmtpServer.END;
import static dev.posthorn.connector.ScriptedSmtpServer.GREETING;
import static dev.posthorn.connector.ScriptedSmtpServer.LOGIN;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLSocket;

import dev.posthorn.connector.ScriptedSmtpServer.Step;
import dev.posthorn.connector.ScriptedSmtpServer.Taken;

/// One connection to a [ScriptedSmtpServer].
final class ScriptedVisit {

  private final ScriptedSmtpServer server;
  private final Socket plain;
  private InputStream in;
  private OutputStream out;
  private boolean over;
  private boolean encrypted;
  private String mailCommand = "";
  private final List<String> recipients = new ArrayList<>();

  ScriptedVisit(ScriptedSmtpServer server, Socket socket) throws IOException {
    this.server = server;
    plain = socket;
    listenOn(socket);
  }

  private void listenOn(Socket socket) throws IOException {
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void run() throws IOException {
    if (server.encryptsAtOnce()) {
      encrypt();
    }
    answer(GREETING, "220 scripted.test ESMTP");
    while (!over) {
      var line = readLine();
      if (line == null) {
        return;
      }
      server.heard(line);
      obey(line);
    }
  }

  private void obey(String line) throws IOException {
    switch (line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0]) {
      case "EHLO" -> answer(line, greetings());
      case "STARTTLS" -> {
        if (answer(line, "220 2.0.0 go on").startsWith("220")) {
          encrypt();
        }
      }
      case "AUTH" -> authenticate(line);
      case "MAIL" -> {
        mailCommand = line;
        recipients.clear();
        answer(line, "250 2.1.0 Ok");
      }
      case "RCPT" -> {
        if (answer(line, "250 2.1.5 Ok").startsWith("2")) {
          recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
        }
      }
      case "DATA" -> {
        if (answer(line, "354 go on").startsWith("354")) {
          takeContent();
        }
      }
      case "RSET", "NOOP" -> answer(line, "250 2.0.0 Ok");
      case "QUIT" -> {
        answer(line, "221 2.0.0 Bye");
        over = true;
      }
      default -> answer(line, "500 5.5.2 what?");
    }
  }

  private void authenticate(String line) throws IOException {
    var reply = line.toUpperCase(Locale.ROOT).equals("AUTH LOGIN")
        ? answer(line, "334 VXNlcm5hbWU6") : answer(line, "235 2.7.0 welcome");
    while (reply.startsWith("334") && !over) {
      var words = readLine();
      if (words == null) {
        return;
      }
      server.heard(LOGIN + words);
      reply = answer(LOGIN, "235 2.7.0 welcome");
    }
  }

  private void takeContent() throws IOException {
    var step = server.stepAt(CONTENT);
    if (step.isPresent()) {
      perform(step.get(), "");
      return;
    }
    var content = new ByteArrayOutputStream();
    for (var line = readOctets(); !isDot(line); line = readOctets()) {
      if (line.length == 0) {
        throw new IOException("the visitor left before the final dot");
      }
      var from = line.length > 0 && line[0] == '.' ? 1 : 0;
      content.write(line, from, line.length - from);
    }
    server.take(new Taken(mailCommand, List.copyOf(recipients), content.toByteArray()));
    answer(END, "250 2.0.0 Ok: queued as 4711");
  }

  private boolean isDot(byte[] line) {
    return line.length == 3 && line[0] == '.' && line[1] == '\r' && line[2] == '\n';
  }

  private String greetings() {
    var lines = new ArrayList<>(List.of("scripted.test"));
    if (server.tls().isPresent() && !encrypted) {
      lines.add("STARTTLS");
    }
    lines.addAll(server.extensions());
    return String.join("\n", lines.stream().map(line -> "250-" + line).toList()).replaceFirst("250-([^\n]*)$", "250 $1");
  }

  /// Does what the script says at that moment, else answers politely. Gives what was said, `""` if nothing.
  private String answer(String moment, String polite) throws IOException {
    return perform(server.stepAt(moment).orElse(new Step.Say(moment, polite)), moment);
  }

  private String perform(Step step, String moment) throws IOException {
    switch (step) {
      case Step.Say(_, var reply) -> {
        write(reply.replace("\n", "\r\n") + "\r\n");
        over |= reply.startsWith("421");
        return reply;
      }
      case Step.Drop _ -> leave();
      case Step.DropInside(var octets) -> {
        in.readNBytes(octets);
        leave();
      }
      case Step.Hush _ -> {
        while (in.read() >= 0) {
          // hears, and says nothing
        }
        over = true;
      }
      case Step.Babble _ -> {
        while (!plain.isClosed()) {
          write("250-and so on".repeat(100));
        }
      }
      case Step.Always(var repeated) -> {
        return perform(repeated, moment);
      }
    }
    return "";
  }

  private void leave() {
    over = true;
    ScriptedDoor.reset(plain);
  }

  private void encrypt() throws IOException {
    var socket = (SSLSocket) server.tls().orElseThrow().getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    socket.setUseClientMode(false);
    listenOn(socket);
    encrypted = true;
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String readLine() throws IOException {
    var octets = readOctets();
    return octets.length == 0 ? null : new String(octets, StandardCharsets.UTF_8).stripTrailing();
  }

  /// One line with its end; only CRLF ends a line.
  private byte[] readOctets() throws IOException {
    var line = new ByteArrayOutputStream();
    var last = -1;
    for (var octet = in.read(); octet >= 0; octet = in.read()) {
      line.write(octet);
      if (octet == '\n' && last == '\r') {
        return line.toByteArray();
      }
      last = octet;
    }
    if (line.size() > 0) {
      throw new IOException("the visitor left in the middle of a line");
    }
    return new byte[0];
  }
}
