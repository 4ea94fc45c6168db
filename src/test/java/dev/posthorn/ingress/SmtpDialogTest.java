package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Speaks the dialogs of `src/test/resources/smtp` over a real socket. One line of a dialog is one of these:
///
/// | line | meaning |
/// |---|---|
/// | `# …` | a remark |
/// | `config key value` | a setting under `posthorn.smtp`; before the first `C` or `S` |
/// | `certificate` | STARTTLS is offered; before the first `C` or `S` |
/// | `house doors-fail`, `accept-fails`, `well` | what becomes of the house behind the door |
/// | `C: text` | the client sends the text and CRLF; lines that follow each other go out in one piece |
/// | `C\| text` | the same without CRLF |
/// | `C*n: text`, `C*n\| text` | n times |
/// | `S: text` | the server's next line begins with the text, or matches it as a regular expression after `~` |
/// | `S*n: text` | n such lines |
/// | `tls` | the client starts the TLS handshake |
/// | `hang up` | the client closes |
/// | `closed` | the server has closed |
/// | `gone` | the server has closed, and what came before that, if anything, was no SMTP |
/// | `stored n` | so many mails were stored |
/// | `sender text`, `remote text`, `helo text`, `secured true` | what the envelope of the last mail says |
/// | `doors text` | the recipients of its doors |
/// | `body text` | its very octets |
///
/// Escapes: `\r`, `\n`, `\t`, `\\`, `\xHH` (an octet); the files are UTF-8.
class SmtpDialogTest {

  private static final Path DIALOGS = Path.of("src/test/resources/smtp");

  static Stream<String> dialogs() throws IOException {
    try (var files = Files.list(DIALOGS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialogs")
  void isSpokenAsWritten(String file) throws IOException {
    var lines = Files.readAllLines(DIALOGS.resolve(file));
    try (var listening = new Listening(settings(lines)); var client = listening.connect()) {
      for (int i = 0; i < lines.size(); i++) {
        act(lines.get(i), listening, client, file + ":" + (i + 1));
      }
    }
  }

  private static Map<String, String> settings(List<String> lines) {
    var settings = new HashMap<String, String>();
    for (var line : lines) {
      if (line.equals("certificate")) settings.putAll(TestCertificate.get().settings());
      if (!line.startsWith("config ")) continue;
      var words = line.split(" ", 3);
      settings.put(words[1], words[2]);
    }
    return settings;
  }

  private static void act(String line, Listening listening, SmtpClient client, String where) throws IOException {
    if (line.isBlank() || line.startsWith("#") || line.startsWith("config ") || line.equals("certificate")) return;
    if (line.matches("[CS](\\*\\d+)?[:|].*")) {
      speak(line, client, where);
      return;
    }
    client.send();
    var words = line.split(" ", 2);
    var rest = words.length > 1 ? words[1] : "";
    var house = listening.house;
    switch (words[0]) {
      case "house" -> {
        house.doorsFail = rest.equals("doors-fail");
        house.acceptFails = rest.equals("accept-fails");
      }
      case "tls" -> client.startTls();
      case "hang" -> client.close();
      case "closed" -> assertThat(client.line()).as(where).isNull();
      case "gone" -> assertThat(client.untilClosed()).as(where).doesNotContainPattern("(^|\n)[0-9]");
      case "stored" -> Awaitility.await(where).until(() -> house.stored.size() == Integer.parseInt(rest) && house.storing.get() == 0);
      case "sender" -> assertThat(last(house).envelope().sender()).as(where).isEqualTo(rest);
      case "remote" -> assertThat(last(house).envelope().remoteAddress()).as(where).isEqualTo(rest);
      case "helo" -> assertThat(last(house).envelope().helo()).as(where).isEqualTo(rest);
      case "secured" -> assertThat(last(house).envelope().tls()).as(where).isEqualTo(Boolean.parseBoolean(rest));
      case "doors" -> assertThat(last(house).doors()).as(where).extracting(Door::recipient)
          .containsExactly(rest.split(" "));
      case "body" -> assertThat(last(house).bytes()).as(where).asString(StandardCharsets.ISO_8859_1)
          .isEqualTo(new String(octets(rest), StandardCharsets.ISO_8859_1));
      default -> throw new IllegalArgumentException(where + ": " + line);
    }
  }

  private static House.Stored last(House house) {
    return house.stored.getLast();
  }

  private static void speak(String line, SmtpClient client, String where) throws IOException {
    var mark = line.split("[:|]", 2)[0].length();
    var times = mark == 1 ? 1 : Integer.parseInt(line.substring(2, mark));
    var text = line.substring(Math.min(mark + 2, line.length()));
    for (int i = 0; i < times; i++) {
      if (line.charAt(0) == 'S') {
        hear(text, client.line(), where);
      } else {
        client.say(octets(text));
        if (line.charAt(mark) == ':') client.say(new byte[] {'\r', '\n'});
      }
    }
  }

  private static void hear(String expected, String heard, String where) {
    if (expected.startsWith("~")) {
      assertThat(heard).as(where).matches(expected.substring(1));
    } else {
      assertThat(heard).as(where).isNotNull().startsWith(expected);
    }
  }

  private static byte[] octets(String text) {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        var point = text.codePointAt(i);
        octets.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point) - 1;
        continue;
      }
      switch (text.charAt(++i)) {
        case 'r' -> octets.write('\r');
        case 'n' -> octets.write('\n');
        case 't' -> octets.write('\t');
        case '\\' -> octets.write('\\');
        case 'x' -> {
          octets.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("Unknown escape in: " + text);
      }
    }
    return octets.toByteArray();
  }
}
