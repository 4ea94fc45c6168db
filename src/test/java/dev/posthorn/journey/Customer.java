package dev.posthorn.journey;

import static org.awaitility.Awaitility.await;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.CustomerServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/// A customer: sends by SMTP to the house, reads by IMAP on a mail server of their own.
final class Customer {
  private final String address;

  Customer(String address) {
    this.address = address;
  }

  /// Delivers one mail and gives the last answer of the server: that to DATA's end, or the first refusal.
  String sends(int port, byte[] mail, String... recipients) throws IOException {
    try (var socket = new Socket("127.0.0.1", port); var answers = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8)) {
      var out = socket.getOutputStream();
      answer(answers);
      var commands = new ArrayList<>(List.of("EHLO customer.example", "MAIL FROM:<" + address + ">"));
      for (var recipient : recipients) {
        commands.add("RCPT TO:<" + recipient + ">");
      }
      commands.add("DATA");
      for (var command : commands) {
        say(out, command);
        var answer = answer(answers);
        if (answer.charAt(0) > '3') {
          return answer;
        }
      }
      out.write(new String(mail, StandardCharsets.ISO_8859_1).replace("\r\n.", "\r\n..").getBytes(StandardCharsets.ISO_8859_1));
      say(out, "\r\n.");
      var end = answer(answers);
      say(out, "QUIT");
      return end;
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String answer(Scanner answers) {
    var line = answers.nextLine();
    while (line.charAt(3) == '-') {
      line = answers.nextLine();
    }
    return line;
  }

  /// The mails in the customer's inbox once there are so many.
  List<byte[]> receives(int count) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> CustomerServer.inbox(address), inbox -> inbox.size() >= count);
  }

  static Mail read(byte[] mail) {
    return switch (new MailParser(MailLimits.DEFAULT).parse(RawMail.of(mail))) {
      case Parsed.Readable(Mail readable) -> readable;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
  }
}
