package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotStreamTest {

  private static final String[] LETTERS = {"\r", "\n", ".", "x"};

  @Test
  void everyShortSequenceIsReadAsTheRfcSaysHoweverItIsCutIntoPieces() throws IOException {
    for (var sequence : sequences(7)) {
      var sent = sequence + "\r\n.\r\n";
      var end = endOfData(sent);
      for (int piece : new int[] {1, 2, 3, 100}) {
        var wire = wire(sent, piece);
        assertThat(content(wire)).as(visible(sent) + " in pieces of " + piece).isEqualTo(unstuffed(sent.substring(0, end)));
      }
    }
  }

  @Test
  void whatStandsBehindTheFinalDotIsLeftForTheNextCommand() throws IOException {
    var wire = wire("a\r\n.\r\nQUIT\r\n", 100);
    assertThat(content(wire)).isEqualTo("a\r\n");
    assertThat(new String(wire.line(100, WireInput.in(Duration.ofMinutes(1))), StandardCharsets.ISO_8859_1)).isEqualTo("QUIT\r\n");
  }

  @Test
  void aMailWithoutItsFinalDotIsNoMail() {
    for (var sent : new String[] {"", ".", ".\r", "a", "a\r\n", "a\r\n.", "a\r\n.\r", "a\n.\n", "a\r\n.\n"}) {
      assertThatThrownBy(() -> content(wire(sent, 100))).as(visible(sent)).isInstanceOf(EOFException.class);
    }
  }

  /// Straight from RFC 5321 4.1.1.4 and 4.5.2, by regular expressions over the whole: where CRLF.CRLF ends, the CRLF of the
  /// DATA command counting as the first.
  private static int endOfData(String sent) {
    var matcher = Pattern.compile("\r\n\\.\r\n").matcher("\r\n" + sent);
    assertThat(matcher.find()).isTrue();
    return matcher.start();
  }

  private static String unstuffed(String content) {
    return ("\r\n" + content).replace("\r\n.", "\r\n").substring(2);
  }

  private static List<String> sequences(int length) {
    List<String> all = new ArrayList<>(List.of(""));
    for (int start = 0, round = 0; round < length; round++) {
      int end = all.size();
      for (int i = start; i < end; i++) for (var letter : LETTERS) all.add(all.get(i) + letter);
      start = end;
    }
    return all;
  }

  private static String content(WireInput wire) throws IOException {
    var minute = Duration.ofMinutes(1);
    return new String(new DotStream(wire, minute, WireInput.in(minute)).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static WireInput wire(String sent, int piece) throws IOException {
    return new WireInput(new Socket() {
      private final InputStream all = new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)) {
        @Override
        public synchronized int read(byte[] into, int offset, int length) {
          return super.read(into, offset, Math.min(piece, length));
        }
      };

      @Override
      public InputStream getInputStream() {
        return all;
      }

      @Override
      public void setSoTimeout(int milliseconds) {}
    });
  }

  private static String visible(String sent) {
    return sent.replace("\r", "CR ").replace("\n", "LF ");
  }
}
